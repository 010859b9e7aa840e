import { ask } from './deployment.ts'
import { fault, type Finding, good, unknown, warning } from './finding.ts'
import { mendOf, parsePolicies, type Policy, refusalOf, type Wish } from './policy.ts'
import { checkScript } from './script.ts'

/** What a page says of its widget. */
export interface Embedding {
  key: string | null
  endpoint: URL | null
  findings: Finding[]
}

/** Words in an address that public block lists look for. */
const blocked = /(^|[/._-])(analytics?|tracker|tracking|telemetry|beacon|metrics|pixel|adserver|collect)([/._-]|$)/i

/** Looks at the page as it is sent: its script tag, its policy, the script itself. */
export async function checkPage(page: URL, own: string): Promise<Embedding> {
  const answer = await ask(page, { redirect: 'follow', headers: { accept: 'text/html' } })
  if (answer === null || !answer.ok) {
    const said = answer === null ? 'Nobody answers there.' : `It answers ${answer.status}.`
    return {
      key: null,
      endpoint: null,
      findings: [fault('page', said, 'Give the address of a page as people open it.')],
    }
  }
  const html = await answer.text()
  const at = new URL(answer.url === '' ? page : answer.url)
  const policies = policiesOf(answer.headers, html)
  const tag = scriptsOf(html).find(
    ({ src, 'data-key': key }) => key !== undefined || /\/earshot[^/]*\.js/.test(src ?? ''),
  )
  if (tag?.src === undefined) {
    const mend =
      'Where the page adds it by script, or bundles the package, give --endpoint and --key: both are checked.'
    return {
      key: null,
      endpoint: null,
      findings: [unknown('script', `No script tag of Earshot stands in the page. ${mend}`)],
    }
  }
  const src = new URL(tag.src, at)
  const settings = { ...settingsOf(html), ...definedOf({ key: tag['data-key'], endpoint: tag['data-endpoint'] }) }
  const endpoint = settings.endpoint === undefined ? new URL('.', src) : new URL(settings.endpoint, at)
  const key = settings.key ?? null
  const findings = [
    key === null
      ? fault('script', 'The script tag has no data-key.', 'Add data-key="pub_…", from Set-up, Keys in the console.')
      : good('script', `The page embeds ${src.href}.`),
    await checkScript(src, at, tag, own),
    checkPolicy(policies, { page: at, src, endpoint, nonce: tag['nonce'] }),
    checkBlockers(at, src, endpoint),
  ]
  return { key, endpoint, findings }
}

function checkPolicy(
  policies: readonly Policy[],
  { page, src, endpoint, nonce }: { page: URL; src: URL; endpoint: URL; nonce: string | undefined },
): Finding {
  if (policies.length === 0) return good('policy', 'The page has no Content-Security-Policy.')
  const wishes: Wish[] = [
    { directive: 'script-src', url: src, page, nonce },
    { directive: 'connect-src', url: endpoint, page },
  ]
  const missing = new Set<string>()
  for (const policy of policies) {
    for (const wish of wishes) if (refusalOf(policy, wish) !== null) missing.add(mendOf(policy, wish))
  }
  return missing.size === 0
    ? good('policy', 'The page’s Content-Security-Policy lets the widget load and send.')
    : fault(
        'policy',
        'The page’s Content-Security-Policy keeps the widget from working.',
        `It needs:\n${[...missing].map((line) => `  ${line}`).join('\n')}`,
      )
}

function checkBlockers(page: URL, src: URL, endpoint: URL): Finding {
  const named = [src, endpoint].find(({ hostname, pathname }) => blocked.test(hostname) || blocked.test(pathname))
  if (named !== undefined) {
    return warning(
      'blockers',
      `Block lists look for words in ${named.href}.`,
      'Serve it under an address that says neither analytics nor tracking, best of your own domain.',
    )
  }
  return siteOf(src) === siteOf(page)
    ? good('blockers', 'Script and collector are of the page’s own domain, which blockers leave alone.')
    : warning(
        'blockers',
        `Script and collector are of another domain (${src.hostname}), which some blockers refuse.`,
        'A domain of your own for the collector, or a path of the page that leads there, reaches everybody.',
      )
}

/** Near enough for advice: the last two labels. */
const siteOf = ({ hostname }: URL): string => hostname.split('.').slice(-2).join('.')

function policiesOf(headers: Headers, html: string): Policy[] {
  const metas = tagsOf(html, 'meta').filter((tag) => tag['http-equiv']?.toLowerCase() === 'content-security-policy')
  const texts = [headers.get('content-security-policy') ?? '', ...metas.map(({ content = '' }) => content)]
  return texts.flatMap(parsePolicies)
}

/** What `<script type="application/json" data-earshot>` says; rubbish says nothing, as in the page. */
function settingsOf(html: string): { key?: string; endpoint?: string } {
  const json = /<script\b[^>]*\bdata-earshot\b[^>]*>([^]*?)<\/script>/i.exec(html)?.[1]
  try {
    const { key, endpoint } = JSON.parse(json ?? '{}') as { key?: unknown; endpoint?: unknown }
    return definedOf({ key, endpoint })
  } catch {
    return {}
  }
}

const definedOf = (said: { key: unknown; endpoint: unknown }): { key?: string; endpoint?: string } =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => typeof value === 'string'))

const scriptsOf = (html: string) => tagsOf(html, 'script')

/** The tags of one name, with their attributes; comments are none. */
function tagsOf(html: string, name: string): Record<string, string | undefined>[] {
  const text = html.replace(/<!--[^]*?-->/g, '')
  return [...text.matchAll(new RegExp(`<${name}\\b((?:[^>"']|"[^"]*"|'[^']*')*)>`, 'gi'))].map(([, inside = '']) =>
    Object.fromEntries(
      [...inside.matchAll(/([^\s=/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g)].map(
        ([, key = '', ...values]) => [
          key.toLowerCase(),
          (values.find((value) => value !== undefined) ?? '').replaceAll('&amp;', '&'),
        ],
      ),
    ),
  )
}
