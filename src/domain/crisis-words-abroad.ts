/** The same as crisis-words.ts in the other languages of the public pages, of words in lower case without accents. */
const SIGNS: readonly RegExp[] = [
  // Polish
  /samoboj|samookalecz|przedawkow|targn\w* sie na zycie/,
  /(^| )(zabic|zabije|zabijam|powiesic|powiesze|pociac|potne|tne|ciac) sie( |$)|(^| )sie (zabic|zabije|powiesic|powiesze|pociac|potne)( |$)/,
  /(^| )(chce|chcial\w*bym|wole|wolal\w*bym) (juz )?umrzec|(^| )nie chce (mi sie )?(juz )?zyc|(^| )po co zyc( |$)/,
  /(odebrac|odbiore|odbieram) sobie zycie|skoncz\w* (ze soba|z zyciem|swoje zycie)|zrob\w* sobie krzywde|gdyby mnie nie bylo/,
  // Romanian
  /sinucid|sinucig|suicid|supradoz/,
  /(^| )(vreau|as vrea|imi doresc|doresc) sa mor( |$)|(^| )ma (omor|spanzur|tai|arunc)( |$)/,
  /(^| )(imi|mi) iau (viata|zilele)|nu mai vreau sa (traiesc|fiu)|rost sa (mai )?traiesc|(^| )(imi|mi) fac rau( |$)/,
  // Portuguese
  /overdose|automutil/,
  /(quero|queria|vontade de|prefiro|preferia) morrer|nao quero (mais )?viver|ja nao quero (viver|estar)|vale a pena viver/,
  /(^| )(matar|enforcar|cortar|magoar|ferir) me( |$)|(^| )me (matar|mato|enforcar|cortar|magoar|ferir)( |$)/,
  /(acabar com|por fim a|tirar) a? ?(minha |propria )?vida|fazer mal a mim/,
  // Arabic
  /انتحر|انتحار|سانتحر|جرعة زايدة|جرعه زايدة/,
  /(اقتل|ساقتل|قتل|اوذي|ايذاء|اجرح|اشنق|شنق) نفسي|(انهي|انهاء|سانهي) حياتي/,
  /(اريد|بدي|ابغى|ابي|عايز|عايزة|اتمنى) (ان |ال)?(اموت|موت)|اتمنى الموت|(لا اريد|ما اريد|ما بدي|ما ابغى|مش عايز) (ان )?(ال)?(اعيش|عيش)/,
]

/** Chinese puts no gaps between its words. */
const CHINESE = [
  '自杀',
  '自殺',
  '轻生',
  '輕生',
  '想死',
  '不想活',
  '活不下去',
  '结束生命',
  '結束生命',
  '结束自己',
  '自残',
  '自殘',
]
const CHINESE_ALSO = ['自伤', '自傷', '割腕', '上吊', '跳楼', '跳樓', '服药过量', '过量服药', '杀了自己', '死了算了']

/** @param text folded, as plain-words.ts does */
export function speaksOfDangerAbroad(text: string): boolean {
  return SIGNS.some((sign) => sign.test(text)) || [...CHINESE, ...CHINESE_ALSO].some((word) => text.includes(word))
}
