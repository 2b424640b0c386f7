type Fields = Map<string, string[]>

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

function unescaped(text: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' }
  return text.replace(/&(?:#(\d+)|(amp|lt|gt|quot));/g, (_, code: string | undefined, name: string | undefined) =>
    code ? String.fromCodePoint(Number(code)) : (named[name ?? ''] ?? ''),
  )
}

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return found === undefined ? undefined : unescaped(found)
}

const without = (tag: string, name: string) => tag.replace(new RegExp(`\\s${name}(="[^"]*")?(?=[\\s/>])`), '')
const withMore = (tag: string, more: string) => tag.replace(/\s*\/?>$/, ` ${more}>`)

// What a button holds is not typed, what is hidden is ours, and a password or a file is never given back.
const LEFT_ALONE = new Set(['hidden', 'submit', 'button', 'image', 'reset', 'password', 'file'])

function input(tag: string, fields: Fields): string {
  const [name = '', type = 'text'] = [attribute(tag, 'name'), attribute(tag, 'type')]
  if (LEFT_ALONE.has(type)) return tag
  const values = fields.get(name)
  if (type === 'checkbox' || type === 'radio') {
    const isChosen = values?.includes(attribute(tag, 'value') ?? 'on') ?? false
    return isChosen ? withMore(without(tag, 'checked'), 'checked') : without(tag, 'checked')
  }
  return values ? withMore(without(tag, 'value'), `value="${escaped(values[0] ?? '')}"`) : tag
}

function select(whole: string, fields: Fields): string {
  const values = fields.get(attribute(/^<select[^>]*>/.exec(whole)?.[0] ?? '', 'name') ?? '')
  if (!values) return whole
  return whole.replace(/(<option\b[^>]*>)([^<]*)/g, (_, tag: string, text: string) => {
    const value = attribute(tag, 'value') ?? unescaped(text).trim()
    const plain = without(tag, 'selected')
    return (values.includes(value) ? withMore(plain, 'selected') : plain) + text
  })
}

function area(tag: string, text: string, fields: Fields): string {
  const values = fields.get(attribute(tag, 'name') ?? '')
  // The first line end after the tag is not part of the text.
  return `${tag}${values ? `\n${escaped(values[0] ?? '')}` : text}</textarea>`
}

/**
 * A page of ours with its form filled as it was sent to `action`; undefined where the page has no such form. Fields that
 * are hidden, the token among them, stay as the page made them.
 */
export function refill(html: string, action: string, sent: [name: string, value: string][]): string | undefined {
  const fields: Fields = new Map()
  for (const [name, value] of sent) fields.set(name, [...(fields.get(name) ?? []), value])
  const forms = [...html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)].filter(([form]) => {
    const tag = /^<form[^>]*>/.exec(form)?.[0] ?? ''
    return attribute(tag, 'method') === 'post' && attribute(tag, 'action') === action
  })
  // Several forms may go to one address: the one that was sent has most of the fields that were sent.
  const likeness = (form: string) => {
    const names = new Set([...form.matchAll(/\sname="([^"]*)"/g)].map(([, name]) => name))
    return [...names].filter((name) => name !== undefined && fields.has(name)).length
  }
  const [found] = forms.sort(([one], [other]) => likeness(other) - likeness(one))
  if (!found) return undefined
  const filled = found[0]
    .replace(/<select\b[^>]*>[\s\S]*?<\/select>/g, (whole) => select(whole, fields))
    .replace(/(<textarea\b[^>]*>)([\s\S]*?)<\/textarea>/g, (_, tag: string, text: string) => area(tag, text, fields))
    .replace(/<input\b[^>]*>/g, (tag) => input(tag, fields))
    // Nothing that was typed stays folded away.
    .replace(/<details\b(?![^>]*\sopen)/g, '<details open')
  return html.slice(0, found.index) + filled + html.slice(found.index + found[0].length)
}
