import { expect, test } from 'vitest'
import { plainText } from '../../src/domain/plain-text.ts'

test.each([
  ['a<!-- a note to themselves --> b', 'a b'],
  ['a<!-- [if mso]><p>x</p><![endif]--> b', 'a b'],
  ['<!--<script>--> b<script><!-- x //--></script>c', 'bc'],
  [`${'İ'.repeat(9)}<SCRIPT>alert(1)</SCRIPT>ok`, `${'İ'.repeat(9)}ok`],
  ['a &lt;!-- z --&gt; I < 3 > 2', 'a <!-- z --> I < 3 > 2'],
])('%s is %s', (markup, words) => expect(plainText(markup)).toBe(words))
