/** Styles for languages that run from right to left: what was on the left is on the right, chevrons included. */
export async function fromRight(css: string): Promise<string> {
  const { default: rtlcss } = await import('rtlcss')
  return rtlcss
    .process(css)
    .replace(/clip-path:\s*polygon\(([^)]*)\)/g, (_, points: string) => `clip-path:${mirror(points)}`)
}

// The triangles of NHS.UK's details, which rtlcss leaves as they are.
function mirror(points: string): string {
  const turned = points.split(',').map((point) => {
    const [x = '', ...y] = point.trim().split(/\s+/)
    return [x.endsWith('%') || x === '0' ? `${100 - Number.parseFloat(x)}%` : x, ...y].join(' ')
  })
  return `polygon(${turned.join(',')})`
}
