import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { GeographyKind } from '../../../src/domain/geography.ts'
import { checkFile } from '../../../src/sources/geography-file.ts'
import { layoutOf } from '../../../src/standards/geography-files.ts'
import { freshFolder } from '../../support/database.ts'
import { type OfficialKind, official, written } from '../../support/official-files.ts'

const KIND: Record<OfficialKind, GeographyKind> = {
  nspl: 'postcodes',
  imd: 'deprivation',
  wards: 'wards',
  practices: 'practices',
}

async function rowsOf(kind: OfficialKind, lines = official(kind)) {
  const checked = await checkFile(KIND[kind], written(lines))
  const rows: unknown[] = []
  for await (const batch of checked.batches()) rows.push(...batch)
  return { ...checked, rows }
}

const changed = (kind: OfficialKind, change: (lines: string[]) => string[]) => change(official(kind))
const without = (kind: OfficialKind, column: number) =>
  changed(kind, (lines) => lines.map((line) => line.split(',').toSpliced(column, 1).join(',')))
const replacing = (kind: OfficialKind, row: number, from: string, to: string) =>
  changed(kind, (lines) => lines.map((line, index) => (index === row ? line.replace(from, to) : line)))

describe('the layouts of official files', () => {
  test.each([
    [
      'NSPL of about 2023',
      'pcd,pcd2,pcds,dointr,doterm,usertype,oseast1m,osnrth1m,osgrdind,oa21,cty,ced,laua,ward,nhser,ctry,rgn,pcon,ttwa,itl,park,lsoa21,msoa21,wz11,sicbl,bua22,ru11ind,oac11,lat,long,lep1,lep2,pfa,imd,icb',
      'NSPL, wards of a year that it does not name, neighbourhoods of 2021',
    ],
    [
      'NSPL of 2025',
      'pcd7,pcd8,pcds,dointr,doterm,usrtypind,east1m,north1m,gridind,oa21cd,cty25cd,ced25cd,lad25cd,wd25cd,nhser24cd,ctry25cd,rgn25cd,pcon24cd,ttwa15cd,itl25cd,npark16cd,lsoa21cd,msoa21cd,wz11cd,sicbl24cd,bua24cd,ruc21ind,oac11ind,lat,long,lep21cd1,lep21cd2,pfa23cd,imd20ind,icb23cd',
      'NSPL, wards of 2025, neighbourhoods of 2021',
    ],
    [
      'ONSPD',
      'pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward,parish,usertype,oseast1m,osnrth1m,lsoa01,lsoa11,lat,long,oa21,lsoa21,msoa21',
      'ONSPD, wards of a year that it does not name, neighbourhoods of 2021',
    ],
  ])('%s', (_, header, edition) => {
    expect(layoutOf('postcodes', header.split(',')).edition).toBe(edition)
  })

  test('of several years the newest counts', () => {
    const header = 'pcds,doterm,lad25cd,wd24cd,wd25cd,lsoa11cd,lsoa21cd,lat,long'.split(',')
    const cells = 'LS99 1AA,,E06999999,E05111111,E05222222,E01111111,E01222222,53.8,-1.5'.split(',')
    expect(layoutOf('postcodes', header).read(cells)).toMatchObject({ wardCode: 'E05222222', lsoaCode: 'E01222222' })
  })

  test.each([
    [
      'LSOA code (2011)',
      'Local Authority District code (2019)',
      'Index of Multiple Deprivation 2019, neighbourhoods of 2011',
    ],
    [
      'LSOA code (2021)',
      'Local Authority District code (2024)',
      'Index of Multiple Deprivation 2025, neighbourhoods of 2021',
    ],
  ])('deprivation by %s', (code, authority, edition) => {
    const header = [
      code,
      'LSOA name',
      authority,
      ' Index of Multiple Deprivation (IMD) Rank (where 1',
      'Index of  Multiple Deprivation (IMD) Decile (x',
    ]
    expect(layoutOf('deprivation', header).edition).toBe(edition)
  })

  test('practices with a header', () => {
    const header =
      'OrgCode,Name,NationalGrouping,HighLevelHealthGeography,Address1,Address2,Address3,Address4,Address5,Postcode,OpenDate,CloseDate,StatusCode,OrgSubTypeCode,Commissioner,JoinProviderDate,LeftProviderDate,TelNo,AmendedRecordIndicator,ProvPurch,PrescrSet'
    const cells =
      "Z99002,ST JUDE'S PRACTICE,Y59,QRL,1 MILL LANE,,OVERWATER,,,LS99 1AA,19740401,,C,B,D9Y0V,,20240331,0113 4960000,0,D9Y0V,4"
    expect(layoutOf('practices', header.split(',')).read(cells.split(','))).toEqual({
      odsCode: 'Z99002',
      name: "St Jude's Practice",
      addressLines: ['1 Mill Lane', 'Overwater'],
      postcode: 'LS99 1AA',
      phone: '0113 4960000',
      closedOn: '2024-03-31',
    })
  })
})

describe('a right file', () => {
  test('of postcodes: the ward of its own row, an ended one with its month, none where the list says so', async () => {
    const { rows, rowsRead, rowsKept, edition, digest } = await rowsOf('nspl')
    expect([rowsRead, rowsKept, edition]).toEqual([5, 4, 'NSPL, wards of 2026, neighbourhoods of 2021'])
    expect(digest).toMatch(/^[0-9a-f]{64}$/)
    expect(rows.slice(1)).toMatchObject([
      { postcode: 'LS99 1AB', wardCode: 'E05999002', lsoaCode: 'E01999001', latitude: 53.800101, endedOn: null },
      { postcode: 'LS99 1AD', endedOn: '2019-05-01' },
      { postcode: 'GY1 1AA', wardCode: null, lsoaCode: null, authorityCode: null, latitude: null, longitude: null },
    ])
  })

  test('of deprivation, with commas in quotes', async () => {
    expect((await rowsOf('imd')).rows[0]).toEqual({
      code: 'E01999001',
      name: 'Overwater, 001A',
      authorityCode: 'E06999999',
      imdRank: 1200,
      imdDecile: 1,
      imdYear: 2025,
    })
  })

  test('of practices by position: hospices are left out, whoever closed says when', async () => {
    const { rows, rowsRead } = await rowsOf('practices')
    expect(rowsRead).toBe(3)
    expect(rows).toMatchObject([
      { odsCode: 'Z99001', name: 'The Mill Surgery', closedOn: null },
      { odsCode: 'Z99002', closedOn: '2024-03-31' },
    ])
  })
})

describe('a file that is not right is named as such', () => {
  const cases: [string, OfficialKind, string[], RegExp][] = [
    [
      'another official file',
      'nspl',
      official('imd'),
      /^file.csv: This is not a postcode list \(NSPL or ONSPD\)\. It looks like the Index of Multiple Deprivation \(File 7\)\.$/,
    ],
    ['the other way round', 'imd', official('nspl'), /It looks like a postcode list/],
    [
      'postcodes as practices',
      'practices',
      official('nspl'),
      /not the list of GP practices \(epraccur\)\. It looks like a postcode list/,
    ],
    ['practices as wards', 'wards', official('practices'), /It looks like the list of GP practices/],
    ['any other table', 'nspl', ['a,b', '1,2'], /it has no column for the postcode \(pcds\), the month/],
    ['a column is missing', 'nspl', without('nspl', 5), /it has no column for the ward \(wd25cd, ward or osward\)\.$/],
    [
      'two are',
      'imd',
      without('imd', 5).map((line) => line.replace(/^[^,]*,/, '')),
      /no column for the neighbourhood \(LSOA code\) or/,
    ],
    [
      'no practices at all',
      'practices',
      ['a,b', '1,2'],
      /no code of a practice in column 1 and no status in column 13/,
    ],
    [
      'a short row',
      'nspl',
      changed('nspl', (l) => l.toSpliced(2, 1, 'LS991AB,LS99 1AB')),
      /Row 3: it has 2 columns, and the first row has 10\.$/,
    ],
    ['a long row', 'nspl', replacing('nspl', 2, 'LS991AB', 'LS991AB,x'), /Row 3: it has 11 columns/],
    ['no postcode', 'nspl', replacing('nspl', 3, 'LS99 1AD', 'Overwater'), /Row 4: “Overwater” is not a postcode\.$/],
    [
      'no ward',
      'nspl',
      replacing('nspl', 1, 'E05999001', 'Mill Lane'),
      /Row 2: “Mill Lane” is not the code of a ward\.$/,
    ],
    [
      'places swapped',
      'nspl',
      replacing('nspl', 1, '53.800001,-1.550001', '-1.550001,53.800001'),
      /Row 2: -1\.550001, 53\.800001 is no point of the United Kingdom/,
    ],
    ['no month', 'nspl', replacing('nspl', 3, '201905', 'May'), /Row 4: “May” is not a month/],
    ['a decile of eleven', 'imd', replacing('imd', 2, ',9', ',11'), /Row 3: the decile is “11”, and not from 1 to 10/],
    [
      'the same postcode twice',
      'nspl',
      changed('nspl', (l) => [...l, l[2] ?? '']),
      /The postcode LS99 1AB is in it more than once/,
    ],
    [
      'no day',
      'practices',
      replacing('practices', 1, '20240331', '20240332'),
      /Row 2: the day on which it closed is “20240332”/,
    ],
    ['only the names of columns', 'imd', official('imd').slice(0, 1), /nothing below it/],
    ['nothing', 'imd', [], /The file is empty/],
    ['a web page', 'nspl', ['<!doctype html>', '<p>Sign in</p>'], /It is a web page/],
    ['an archive', 'nspl', ['PK\u0003\u0004'], /It is a zip archive or a spreadsheet/],
    [
      'wrong quotes',
      'imd',
      replacing('imd', 1, '"Overwater, 001A"', '"Over"water'),
      /Row 2 cannot be read: its quotes are wrong/,
    ],
  ]
  test.each(cases)('%s', async (_, kind, lines, words) => {
    await expect(checkFile(KIND[kind], written(lines))).rejects.toThrow(words)
  })

  test.each([
    ['in a cell', 40, 'The file ends in the middle of row 6: fetch it again.'],
    ['in the last cell', 2, 'without the end of a line'],
    ['in an earlier row', 130, 'The file ends in the middle of row 5'],
  ])('a file that was cut off %s', async (_, lost, words) => {
    const text = `${official('nspl').join('\r\n')}\r\n`
    const path = written([text.slice(0, -lost)], 'cut.csv', '')
    await expect(checkFile('postcodes', path)).rejects.toThrow(words)
  })

  test('a file that was cut off in quotes', async () => {
    const path = written(['"Z99001","THE MILL'], 'cut.csv', '')
    await expect(checkFile('practices', path)).rejects.toThrow('The file ends in the middle of row 1')
  })

  test('a quote that is never closed does not swallow the file', async () => {
    const lines = [...official('imd'), '"E01999003', ...Array.from({ length: 5_000 }, () => 'x'.repeat(40))]
    await expect(checkFile('deprivation', written(lines))).rejects.toThrow('Row 4 never ends')
  })

  test('no file, and a folder', async () => {
    const folder = freshFolder()
    mkdirSync(join(folder, 'nspl'))
    await expect(checkFile('postcodes', join(folder, 'no.csv'))).rejects.toThrow('no.csv: There is no such file.')
    await expect(checkFile('postcodes', join(folder, 'nspl'))).rejects.toThrow('It is a folder')
  })

  test('one that is changed between its two readings is not taken', async () => {
    const path = written(official('nspl'))
    const checked = await checkFile('postcodes', path)
    writeFileSync(path, `${official('nspl').slice(0, 3).join('\n')}\n`)
    const read = async () => {
      for await (const rows of checked.batches()) expect(rows.length).toBeGreaterThan(0)
    }
    await expect(read()).rejects.toThrow('was changed while it was read')
  })
})
