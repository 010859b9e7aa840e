import { fault, type Finding, good, unknown, warning } from './finding.ts'

/** How far two clocks may differ before dates on items are noted as wrong, in ms. */
const clockMs = 60_000

/** Asks, and gives null where nobody answers. Redirects are followed by browsers only, never by what is posted. */
export async function ask(url: URL | string, init: RequestInit = {}): Promise<Response | null> {
  try {
    return await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(15_000), ...init })
  } catch {
    return null
  }
}

const isLoopback = ({ hostname }: URL): boolean => /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname)

/** Whether the collector runs, is the release of this tool, is safe to reach, and keeps the time. */
export async function checkDeployment(endpoint: URL, own: string): Promise<{ reached: boolean; findings: Finding[] }> {
  const health = await ask(new URL('healthz', endpoint))
  if (health === null) {
    return {
      reached: false,
      findings: [
        fault(
          'collector',
          `Nobody answers at ${endpoint.href}.`,
          'Look whether the address is right (--endpoint) and the worker deployed: npm run deploy.',
        ),
      ],
    }
  }
  const body = (await health.json().catch(() => null)) as {
    ok?: boolean
    version?: string
    now?: string
    detail?: string
  } | null
  if (!health.ok || body?.ok !== true) {
    const isOurs = typeof body?.detail === 'string'
    return {
      reached: isOurs,
      findings: [
        isOurs
          ? fault('collector', `It runs, and says: ${body.detail}`, 'See its log: npx wrangler tail earshot.')
          : fault(
              'collector',
              `Something else answers at ${endpoint.href} (${health.status}).`,
              'Give the address under which Earshot itself is reached. A proxy must hand on /v1/*, /healthz and the script.',
            ),
      ],
    }
  }
  return {
    reached: true,
    findings: [
      good('collector', `It runs, and its database answers (${endpoint.href}).`),
      checkVersion(body.version, own),
      checkEncryption(endpoint),
      checkClock(body.now),
    ],
  }
}

function checkVersion(version: string | undefined, own: string): Finding {
  if (version === undefined) {
    return warning('version', 'The collector is older than this check.', 'Update it: git pull, then npm run deploy.')
  }
  return version === own
    ? good('version', `The collector and this tool are both ${own}.`)
    : warning(
        'version',
        `The collector is ${version}, this tool ${own}.`,
        `Run the tool of that release: npx earshot@${version} doctor; or update the older of the two.`,
      )
}

function checkEncryption(endpoint: URL): Finding {
  if (endpoint.protocol === 'https:') return good('https', 'What is sent is encrypted on its way.')
  return isLoopback(endpoint)
    ? good('https', 'Plain http, on this machine only.')
    : fault(
        'https',
        'The collector is reached without encryption, and pages of https may not speak to it.',
        'Serve it under https.',
      )
}

function checkClock(now: string | undefined): Finding {
  const there = Date.parse(now ?? '')
  if (Number.isNaN(there)) return unknown('clock', 'The collector does not say what time it has.')
  const apart = Math.abs(there - Date.now())
  return apart <= clockMs
    ? good('clock', 'Its clock and the one here agree.')
    : warning(
        'clock',
        `Its clock and the one here are ${Math.round(apart / 1_000)} seconds apart.`,
        'Set the clock of this machine. Signed identities from a server whose clock is off are refused.',
      )
}
