import { endpointOf } from '../collector.ts'
import type { Command } from '../command.ts'
import { Failure, exitCodes } from '../failure.ts'
import { parse } from '../options.ts'
import type { Terminal } from '../terminal.ts'
import { doctorHelp } from '../usage.ts'
import { version } from '../version.ts'
import { checkDeployment } from './deployment.ts'
import { type Finding, linesOf, unknown } from './finding.ts'
import { checkIntake } from './intake.ts'
import { checkPage } from './page.ts'

const options = {
  endpoint: { type: 'string' },
  key: { type: 'string' },
  page: { type: 'string' },
  origin: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** `earshot doctor`: looks at a deployment and at a page that embeds the widget, and says what to mend. */
export const doctorCommand: Command = { help: doctorHelp, run: examine }

async function examine(words: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parse(words, options, 'doctor')
  if (values.help) {
    terminal.stdout.write(doctorHelp)
    return exitCodes.good
  }
  const [page, ...more] = [...(values.page === undefined ? [] : [values.page]), ...positionals]
  if (more.length > 0) throw new Failure('wrongUse', 'Give one page: earshot doctor https://app.example.com/')
  if (values.key !== undefined && !values.key.startsWith('pub_')) {
    throw new Failure('wrongUse', 'Give the publishable key (pub_...), as pages do. A secret one is not needed here.')
  }
  const own = version()
  const findings: Finding[] = []
  const embedding = page === undefined ? null : await checkPage(addressOf(page), own)
  if (embedding !== null) findings.push(...embedding.findings)

  // What is said on the command line counts, then what the page says, then the usual place.
  const endpoint = values.endpoint ?? embedding?.endpoint?.href ?? endpointOf({}, terminal)
  const deployment = addressOf(endpoint.endsWith('/') ? endpoint : `${endpoint}/`)
  const { reached, findings: found } = await checkDeployment(deployment, own)
  findings.push(...found)
  const key = values.key ?? embedding?.key ?? null
  const origin = values.origin ?? (page === undefined ? null : addressOf(page).origin)
  if (key === null) findings.push(unknown('key', 'Not looked at: give --key pub_..., or a page that has it.'))
  else if (reached) findings.push(...(await checkIntake(deployment, key, origin)))

  const faults = findings.filter(({ state }) => state === 'fault').length
  const looks = findings.filter(({ state }) => state === 'warning').length
  terminal.stdout.write(
    values.json
      ? `${JSON.stringify({ endpoint: deployment.href, page: page ?? null, findings })}\n`
      : `${linesOf(findings)}\n${summaryOf(faults, looks)}\n`,
  )
  return faults > 0 ? exitCodes.incomplete : exitCodes.good
}

function summaryOf(faults: number, looks: number): string {
  const parts = [...(faults > 0 ? [`${faults} to mend`] : []), ...(looks > 0 ? [`${looks} to look at`] : [])]
  return parts.length === 0 ? 'All is well.' : `${parts.join(', ')}.`
}

function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url !== null && /^https?:$/.test(url.protocol)) return url
  throw new Failure('wrongUse', `"${text}" is no address. It looks like https://app.example.com/.`)
}
