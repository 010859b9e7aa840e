import type { ScreenReason } from '../../sdk/wire/index.ts'

/**
 * What sellers say to strangers and customers hardly ever say to the makers of their app, by subject. Each is a phrase
 * rather than a word: a bank's customers ask for loans, a casino's speak of slots.
 */
const phrasesOf: Record<string, string> = {
  'search ranking':
    'seo (?:services?|expert|company|packages?|audit)|(?:back ?links?|link building)|(?:first|top|1st) (?:page|spot|results?) (?:of|on|in|for) (?:google|search|most keywords)|do ?follow|keywords? research|(?:traffic|seo|link) packages?|(?:seo|website|free) audit|rank(?:ing)?s? (?:higher|your (?:web)?site|#?1|on google)|(?:increase|boost|more|drive|targeted|organic) (?:\\w+ )?(?:website |web )?(?:traffic|visitors|leads)|guest post|domain authority|продвижени\\p{L}+ сайт\\p{L}*|раскрутк\\p{L}+ сайт\\p{L}*|suchmaschinenoptimierung',
  'web services':
    '(?:web|website|app|logo|graphic) (?:design|development) (?:services?|company|agency|team)|redesign (?:of )?your (?:web)?site|(?:visited|came across|found|looking at|checking out|browsing) your (?:web)?site|buy (?:\\w+ )?(?:followers|subscribers|likes|reviews|views)|email (?:list|database)s?|explainer video|virtual assistants?|submit your (?:web)?site',
  medicine:
    'viagra|cialis|levitra|tadalafil|sildenafil|kamagra|tramadol|xanax online|(?:canadian|online|cheap) pharmacy|cheap (?:pills|meds|medications?)|pills? online|weight loss|lose (?:\\w+ )?(?:pounds|kilos|weight)|male enhancement|cbd (?:oil|gummies)|keto (?:diet|gummies)|without (?:a )?prescription|виагр\\p{L}+|伟哥|potenzmittel',
  gambling:
    '(?:online|crypto|best|live|new) casinos?|casino (?:bonus|games?|online)|free spins|no deposit bonus|sports? betting|slot (?:gacor|machines?|online)|poker online|judi online|situs slot|bandar|онлайн[- ]?казино|казино онлайн|ставки на спорт|игровые автоматы|博彩|赌场|彩票|百家乐|娱乐城|вулкан казино',
  money:
    '(?:make|earn|earning|made) (?:up to )?(?:money|[$€£]\\s?[\\d,.]+|cash|extra income)(?: (?:online|from home|a day|per (?:day|week|hour)|daily|weekly))?|passive income|(?:guaranteed|high|huge) (?:profits?|returns?)|(?:bitcoin|crypto|forex|binary options?) (?:investment|trading|signals?|giveaway|platform|mining)|invest(?:ment)? (?:opportunity|plan|platform|program)|double your (?:money|bitcoin|investment)|(?:loan|funding) (?:offer|approval|up to)|(?:payday|quick|instant|urgent) loans?|we (?:offer|provide|give)(?: \\w+){0,3} loans?|no credit check|loans? at \\d|inheritance|next of kin|million (?:us )?dollars|lottery|заработ\\p{L}+ (?:в интернете|онлайн|от)|пассивный доход|кредит (?:без|онлайн)|займ\\p{L}* (?:онлайн|без)|ganar dinero|préstamos? (?:rápido|urgente|sin|personal)|ganhe dinheiro|gagner de l.argent|crédit rapide|kredit ohne schufa|geld verdienen|贷款|兼职|日赚|刷单',
  adult:
    '(?:hot|sexy|horny|lonely|single) (?:girls?|women|milfs?|ladies|singles)|(?:adult|sex) (?:dating|chat|cams?|videos?)|escorts?(?: service)?|webcam (?:girls?|models?)|onlyfans|porn\\p{L}*|xxx (?:videos?|cams?)|nudes?|порно|интим|проститутк\\p{L}+|成人视频|约炮',
  goods:
    'replica (?:watch|bag|rolex)\\p{L}*|(?:cheap|fake|designer|discount) (?:rolex|louis vuitton|gucci|ray-?bans?|nike|jerseys|handbags|watches)|louis vuitton outlet|wholesale (?:prices?|jerseys)|essay writing|(?:buy|write) (?:your |an? )?(?:essay|diploma|dissertation)s?|купить (?:диплом|права|справку)|代开发票|办证|replika uhren',
  'a seller’s words':
    'click (?:here|the link|this link|below)|(?:visit|check out|see) (?:our|my|this) (?:\\w+ )?(?:(?:web)?site|blog|page|link|shop|store|profile|channel)|limited[- ]time (?:offer|only)|(?:act|buy|order) now|(?:special|exclusive|amazing) (?:offer|discount|deal)s?|100% (?:free|guaranteed|legit)|risk[- ]free|money[- ]back guarantee|dear (?:webmaster|site owner|website owner|business owner|friend|winner|beneficiary)|free (?:quote|consultation|proposal|audit)|переход\\p{L}+ по ссылке|подробн\\p{L}+ (?:здесь|по ссылке|на сайте)|haga clic|cliquez ici|klicken sie hier|clique aqui|unsubscribe|opt[- ]out|thank you for (?:sharing|this (?:great|amazing|wonderful)|the (?:great|good|nice))|(?:nice|great|awesome|excellent|wonderful|fantastic|amazing) (?:blog|article|post|web ?site|content)|i(?:.m| am) (?:a|an) (?:seo|digital marketing|marketing)',
}

/** Phrases with a word's ends around them, where their script has such ends. */
const within = (phrases: string, flags: string): RegExp =>
  new RegExp(`(?<![\\p{Script=Latin}\\p{Script=Cyrillic}\\d])(?:${phrases})`, flags)

const subjects = Object.entries(phrasesOf).map(([subject, phrases]) => ({ subject, pattern: within(phrases, 'giu') }))
/** Whether there is any: hardly a customer says one, and one look is cheaper than eight. */
const anyPhrase = within(Object.values(phrasesOf).join('|'), 'iu')

/** What everybody who sells says, whatever it is. */
const everySeller = 'a seller’s words'

/** E-mail addresses, telephone numbers and messengers: sellers want to be called. */
const contact =
  /[\w.+-]@[\w-]+\.[\w.-]|\+\d[\d\s().-]{8,}\d|(?:telegram|whats ?app|skype)\W{0,3}[@+\d][\w+]{4,}|加(?:我)?\s?(?:微信|qq|v信)/iu

/**
 * What a seller's words count for. Alone they are never spam, however many there are of one subject: it may be what the
 * product is about. It takes a link, an address to answer, or a second subject.
 */
export function screenPitch(text: string): ScreenReason[] {
  if (!anyPhrase.test(text)) return []
  const found: { subject: string; phrases: number }[] = []
  for (const { subject, pattern } of subjects) {
    const phrases = new Set(text.match(pattern)?.map((phrase) => phrase.toLowerCase())).size
    if (phrases > 0) found.push({ subject, phrases })
  }
  const telling = found.filter(({ subject }) => subject !== everySeller)
  const general = found.find(({ subject }) => subject === everySeller)?.phrases ?? 0
  const most = Math.max(0, ...telling.map(({ phrases }) => phrases))
  const points =
    (most === 0 ? 0 : most === 1 ? 0.65 : 0.7) +
    0.3 * Math.max(0, telling.length - 1) +
    0.35 * Math.min(general, 2) +
    (contact.test(text) ? 0.35 : 0)
  const detail = `sounds like selling: ${found.map(({ subject }) => subject).join(', ')}`
  // A seller's words without a subject are what customers say too.
  return [{ code: 'pitch', points: round(most === 0 ? Math.min(points, 0.65) : points), detail }]
}

const round = (points: number): number => Math.round(points * 100) / 100
