import { expect, test } from 'vitest'
import { filesUnder } from './files.ts'
import { templateFaults } from './templates.ts'

test('no template of this house can turn text into markup or code', () => {
  const templates = filesUnder('templates', '.njk')
  expect(templates.length).toBeGreaterThan(0)
  expect(templateFaults(templates)).toEqual([])
})

test.each([
  ['text as markup', '{{ person.name | safe }}', 'lets text through as markup'],
  ['the same, tightly', '{{ name|safe}}', 'lets text through as markup'],
  ['escaping off', '{% autoescape false %}', 'turns escaping off'],
  ['a handler', '<button type="button" onclick="go()">Go</button>', 'has a handler in an attribute'],
  ['a handler on a line of its own', '<img\n  src="x"\n  onerror = "go()">', 'has a handler in an attribute'],
  ['code in an address', '<a href="javascript:go()">Go</a>', 'has an address that runs code'],
  ['a script', '<script>go()</script>', 'has a script that is no file of ours'],
  ['a script from elsewhere', '<script src="https://x.example/x.js"></script>', 'has a script that is no file of ours'],
  ['a style in an attribute', '<p style="color: red">', 'has a style in an attribute'],
  ['a style element', '<style>p { color: red }</style>', 'has a style element'],
])('%s is noticed', (_, text, fault) => {
  expect(templateFaults([{ path: 'templates/pages/x.njk', text }])).toEqual([`templates/pages/x.njk ${fault}`])
})

test('what is allowed passes', () => {
  const fine = '<script type="module" src="{{ script }}"></script> {{ safeContact }} <p class="style">on = 1</p>'
  expect(templateFaults([{ path: 'templates/pages/x.njk', text: fine }])).toEqual([])
  const mail = '<p style="color: red">{{ name }}</p>'
  expect(templateFaults([{ path: 'templates/email/parts/html.njk', text: mail }])).toEqual([])
})
