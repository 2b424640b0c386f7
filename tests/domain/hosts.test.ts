import { describe, expect, test } from 'vitest'
import { isInside, isListed, resolveHost } from '../../src/sources/hosts.ts'

const INSIDE = [
  [
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '0.0.0.0',
    '100.64.0.1',
    '224.0.0.1',
  ],
  ['::1', '::', 'fe80::1', 'fd00::1', '::ffff:10.0.0.1', '::ffff:8.8.8.8', '64:ff9b::a00:1', '2002:a00:1::', 'ff02::1'],
].flatMap((all, index) => all.map((address) => ({ address, family: index === 0 ? 4 : 6 })))

describe('an address', () => {
  test('of this machine, of a private network or of a tunnel is inside', () => {
    expect(INSIDE.filter((one) => !isInside(one))).toEqual([])
    for (const address of ['8.8.8.8', '172.32.0.1', '1.1.1.1']) expect(isInside({ address, family: 4 })).toBe(false)
    expect(isInside({ address: '2a00:1450:4009::1', family: 6 })).toBe(false)
  })

  test('inside is asked only where the setting lists it, whatever name leads there', async () => {
    const leadsTo = (address: string) => async () => [{ address, family: 4 }]
    await expect(resolveHost('feed.example', ['feed.example'], leadsTo('10.0.0.1'))).rejects.toThrow(/private network/)
    await expect(resolveHost('feed.example', ['feed.example'], leadsTo('8.8.8.8'))).resolves.toHaveLength(1)
    await expect(resolveHost('feed.example', ['feed.example', '10.0.0.1'], leadsTo('10.0.0.1'))).resolves.toHaveLength(
      1,
    )
    await expect(resolveHost('localhost', ['localhost'], leadsTo('127.0.0.1'))).resolves.toHaveLength(1)
    await expect(resolveHost('127.0.0.1', ['localhost'])).rejects.toThrow(/private network/)
    const both = async () => [
      { address: '8.8.8.8', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ]
    await expect(resolveHost('feed.example', ['feed.example'], both)).rejects.toThrow(/private network/)
    await expect(resolveHost('feed.example', ['feed.example'], async () => [])).rejects.toThrow(/no address/)
  })
})

test('the setting names hosts, with or without a port', () => {
  const listed = (url: string, ...hosts: string[]) => isListed(new URL(url), hosts)
  expect(listed('https://feed.example/x', 'FEED.example')).toBe(true)
  expect(listed('https://feed.example./x', 'feed.example')).toBe(true)
  expect(listed('https://feed.example:8443/x', 'feed.example:8443')).toBe(true)
  expect(listed('https://feed.example/x', 'feed.example:443')).toBe(true)
  expect(listed('http://feed.example/x', 'feed.example:443')).toBe(false)
  expect(listed('http://[::1]:80/', '[::1]:80')).toBe(true)
  expect(listed('https://evil-feed.example/', 'feed.example')).toBe(false)
  expect(listed('https://feed.example.evil.example/', 'feed.example')).toBe(false)
})
