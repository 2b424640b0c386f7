import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freshFolder } from './database.ts'

// An authority that does not exist, in the layouts of official files. Postcodes of an area that has these districts.
const ROWS = {
  nspl: [
    'pcd7,pcds,dointr,doterm,lad26cd,wd26cd,lsoa21cd,lat,long,imd25ind',
    'LS991AA,LS99 1AA,198001,,E06999999,E05999001,E01999001,53.800001,-1.550001,1200',
    'LS991AB,LS99 1AB,198001,,E06999999,E05999002,E01999001,53.800101,-1.550101,1200',
    'LS991AD,LS99 1AD,198001,201905,E06999999,E05999002,E01999002,53.800201,-1.550201,30000',
    'GY1 1AA,GY1 1AA,198001,,L99999999,L99999999,L99999999,99.999999,0.000000,0',
    'NPT 1AA,NPT 1AA,198001,199806,W06999999,W05999001,W01999001,51.58,-2.99,0',
  ],
  imd: [
    'LSOA code (2021),LSOA name (2021),Local Authority District code (2024),Local Authority District name (2024),Index of Multiple Deprivation (IMD) Score,Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived),Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)',
    'E01999001,"Overwater, 001A",E06999999,Overwater,51.2,"1,200",1',
    'E01999002,Overwater 001B,E06999999,Overwater,4.1,30000,9',
  ],
  wards: [
    'LSOA21CD,LSOA21NM,LSOA21NMW,WD26CD,WD26NM,WD26NMW,LAD26CD,LAD26NM,LAD26NMW,ObjectId',
    'E01999001,Overwater 001A,,E05999001,Mill Lane,,E06999999,Overwater,,1',
    'E01999002,Overwater 001B,,E05999002,Quayside,,E06999999,Overwater,,2',
  ],
  practices: [
    practice('Z99001', 'THE MILL SURGERY', 'A', '', '4'),
    practice('Z99002', "ST JUDE'S PRACTICE", 'C', '20240331', '4'),
    practice('Z9X', 'OVERWATER HOSPICE', 'A', '', '13'),
  ],
}
export type OfficialKind = keyof typeof ROWS

function practice(code: string, name: string, status: string, closed: string, setting: string): string {
  const cells = [
    code,
    name,
    'Y59',
    'QRL',
    '1 MILL LANE',
    '',
    'OVERWATER',
    '',
    '',
    'LS99 1AA',
    '19740401',
    closed,
    status,
  ]
  const rest = ['B', 'D9Y0V', '', '', '0113 4960000', '', '', '', '0', '', 'D9Y0V', '', setting, '']
  return [...cells, ...rest].map((cell) => `"${cell}"`).join(',')
}

/** The lines of such a file, to be changed as a test likes. */
export function official(kind: OfficialKind): string[] {
  return [...ROWS[kind]]
}

/** Writes lines as an official file is written, with a mark at its beginning and line ends of Windows. */
export function written(lines: string[], name = 'file.csv', end = '\r\n'): string {
  const path = join(freshFolder(), name)
  writeFileSync(path, `\ufeff${lines.join('\r\n')}${end}`)
  return path
}

/** The whole authority, as the command line takes it. */
export function wholeAuthority() {
  return {
    nspl: written(official('nspl'), 'nspl.csv'),
    imd: written(official('imd'), 'imd.csv'),
    wards: written(official('wards'), 'wards.csv'),
    practices: written(official('practices'), 'epraccur.csv'),
  }
}
