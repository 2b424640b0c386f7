import { describe, expect, test } from 'vitest'
import { readable } from '../visitor.ts'
import { opened, save } from './opened.ts'

describe('the rules of a project', () => {
  test('show the sentence they would make without writing anything', async () => {
    const { browser, page, call, worker, project } = await opened()
    const shown = await browser.send(`${page}/rules/area`, { districts: 'so14 , SO15', preview: 'yes' })
    expect(shown.status).toBe(200)
    expect(readable(/id="sentence"[^>]*>([\s\S]*?)<\/p>/.exec(shown.html)?.[1] ?? '')).toBe(
      'Adults living in SO14 or SO15.',
    )
    expect((await call(worker, 'GET', `/projects/${project.id}`)).body.version).toBe(1)
  })

  test('are refused where nobody could meet them, with what was typed', async () => {
    const { browser, page } = await opened()
    const { status, faults, html } = await save(browser, `${page}/rules/age`, { max: '16' })
    expect([status, faults]).toEqual([
      400,
      ['For people aged 16 or under, yet for adults: nobody is 18 or over and 16 or under'],
    ])
    expect(html).toContain('value="16"')
    const nowhere = await save(browser, `${page}/rules/route`, { otherOrganisations: 'Nobody & Sons' })
    expect(nowhere.faults).toEqual(['There is no organisation “Nobody & Sons”'])
    expect((await save(browser, `${page}/rules/area`, { districts: 'nowhere' })).faults).toEqual([
      '“NOWHERE” is no postcode district, like SO14',
    ])
    expect((await save(browser, `${page}/rules/area`, {})).faults).toEqual([
      'Choose at least one ward, part of the city, neighbourhood or postcode district',
    ])
    expect((await save(browser, `${page}/rules/ask`, { question: 'Dogs' })).faults).toEqual([
      'Write a question that yes or no answers, and end it with ?',
      'Choose which answer lets somebody in',
    ])
    expect((await save(browser, `${page}/rules/age`, { min: 'old' })).faults).toEqual([
      'Enter an age in whole years, from 0 to 120',
    ])
  })

  test('of a group have to go with those of its project, both ways round', async () => {
    const { browser, page, base, group } = await opened()
    const under = await save(browser, `${base}/groups/${group.id}/rules/age`, { max: '17' })
    expect(under.faults).toEqual([
      'For people aged 17 or under, yet Community Roots is for adults: nobody is 18 or over and 17 or under',
    ])
    await save(browser, `${base}/groups/${group.id}/rules/age`, { max: '60' })
    const over = await save(browser, `${page}/rules/0`, { min: '65' })
    expect(over.faults).toEqual([
      `For people aged 65 or over, yet ${group.name} is for people aged 60 or under: nobody is 65 or over and 60 or under`,
    ])
  })

  test('are changed and removed, each against the version that was looked at', async () => {
    const { browser, page, call, worker, project } = await opened()
    await save(browser, `${page}/rules/0`, { min: '21' })
    await save(browser, `${page}/rules/travel`, {})
    expect((await call(worker, 'GET', `/projects/${project.id}`)).body.rules).toEqual([
      'For people aged 21 or over',
      'For people who can get there, alone or with somebody',
    ])
    const late = await browser.send(`${page}/rules/0/remove`, { version: '1' }, `${page}/rules`)
    expect([late.status, late.faults]).toEqual([
      409,
      ['Somebody changed this project in the meantime. Look at it again.'],
    ])
    expect(await browser.send(`${page}/rules/0/remove`, { version: '3' }, `${page}/rules`)).toMatchObject({
      status: 303,
    })
    expect((await call(worker, 'GET', `/projects/${project.id}`)).body.sentence).toBe('People who can get there.')
  })

  test('are not removed by a word that names none of them', async () => {
    const { browser, page, call, worker, project } = await opened()
    for (const word of ['age', 'travel', 'constructor', '7', '00000'])
      expect([
        word,
        (await browser.send(`${page}/rules/${word}/remove`, { version: '1' }, `${page}/rules`)).status,
      ]).toEqual([word, 404])
    expect((await call(worker, 'GET', `/projects/${project.id}`)).body).toMatchObject({
      version: 1,
      rules: ['For adults'],
    })
  })

  test('are removed once by two clicks, the last one too', async () => {
    const { browser, page, call, worker, project } = await opened()
    const clicked = { ...(await browser.hiddenOf(`${page}/rules`)), version: '1' }
    for (const _ of [1, 2])
      expect((await browser.post(`${page}/rules/0/remove`, clicked)).location).toBe(`${page}/rules?done=saved`)
    expect((await call(worker, 'GET', `/projects/${project.id}`)).body).toMatchObject({ version: 2, rules: [] })
  })
})
