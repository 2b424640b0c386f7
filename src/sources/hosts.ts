import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { SourceFault } from '../domain/directory-source.ts'

export interface Address {
  address: string
  family: number
}

/** Addresses of this machine, of private networks, and those that lead somewhere else than they say (IANA's special registries). */
const INSIDE_4 = new BlockList()
// A list of its own: asked in one, every IPv4 address would count as mapped into IPv6.
const INSIDE_6 = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  INSIDE_4.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  INSIDE_6.addSubnet(network, bits, 'ipv6')

export function isInside({ address, family }: Address): boolean {
  return family === 6 ? INSIDE_6.check(address, 'ipv6') : INSIDE_4.check(address, 'ipv4')
}

const bare = (host: string) =>
  host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')

/** "host", "host:port" or "[address]:port", as the setting has it. */
function splitHost(entry: string): { host: string; port: string | null } {
  const [, inBrackets, host = entry, port = null] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(entry) ?? []
  return { host: bare(inBrackets ?? host), port }
}

/** Whether the setting names this address of the web; without a port it names them all. */
export function isListed(url: URL, hosts: string[]): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  return hosts
    .map(splitHost)
    .some((entry) => entry.host === bare(url.hostname) && (entry.port === null || entry.port === port))
}

/**
 * The addresses of a host, each proved to be one that may be asked. A name that leads inside is refused unless the
 * address is listed itself: whoever owns the name could point it anywhere.
 */
export async function resolveHost(hostname: string, hosts: string[], ask = askDns): Promise<Address[]> {
  const host = bare(hostname)
  const found = isIP(host) ? [{ address: host, family: isIP(host) }] : await ask(host)
  const listed = hosts.map((entry) => splitHost(entry).host)
  const mayUse = (one: Address) =>
    !isInside(one) || listed.includes(bare(one.address)) || (host === 'localhost' && listed.includes('localhost'))
  if (found.length === 0) throw new SourceFault(`There is no address for ${host}.`)
  if (!found.every(mayUse))
    throw new SourceFault(`${host} leads to an address inside a private network, which IMPORT_HOSTS does not list.`)
  return found
}

async function askDns(host: string): Promise<Address[]> {
  try {
    return await lookup(host, { all: true })
  } catch {
    throw new SourceFault(`There is no address for ${host}.`)
  }
}
