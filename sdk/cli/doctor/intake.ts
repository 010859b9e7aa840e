import type { Problem, WidgetConfig } from '../../wire/index.ts'
import { ask } from './deployment.ts'
import { fault, type Finding, good, unknown, warning } from './finding.ts'

/** Whether a page of `origin` may submit with the key. Nothing is stored: what is sent says nothing and has no id. */
export async function checkIntake(endpoint: URL, key: string, origin: string | null): Promise<Finding[]> {
  const query = `?key=${encodeURIComponent(key)}`
  const headers = { 'content-type': 'text/plain', ...(origin !== null && { origin }) }
  const answer = await ask(new URL(`v1/feedback${query}`, endpoint), { method: 'POST', headers, body: '{}' })
  if (answer === null) return [unknown('key', 'The collector did not answer.')]
  const problem = (await answer.json().catch(() => null)) as Problem | null
  const findings: Finding[] = []
  const from = origin ?? 'a server'
  switch (problem?.code) {
    case 'no-key':
    case 'unknown-key':
    case 'wrong-key':
      findings.push(fault('key', problem.detail, 'Copy the key from Set-up, Keys in the console.'))
      break
    case 'origin-refused':
      findings.push(
        good('key', 'The project knows it.'),
        fault(
          'origin',
          `Pages of ${from} are not admitted.`,
          'In the console: Set-up, Project, Origins: press Allow beside it.',
        ),
      )
      break
    case 'too-many':
    case 'over-quota':
      findings.push(
        good('key', 'The project knows it.'),
        warning(
          'rate',
          problem.detail,
          'Wait a minute. If it stays so, look at Set-up, Health: who sends too much, or whether the daily quota is used up.',
        ),
      )
      break
    case 'unavailable':
      findings.push(warning('key', problem.detail, 'Look again when the collector takes what is sent.'))
      break
    case 'bad-id':
      findings.push(good('key', 'The project knows it.'), good('origin', `What ${from} sends is admitted.`))
      break
    default:
      findings.push(
        fault(
          'key',
          `The collector answers ${answer.status} to what pages send${problem?.detail === undefined ? '' : `: ${problem.detail}`}`,
          'A proxy in between may change requests. It must hand on method, query and body as they are.',
        ),
      )
  }
  if (origin !== null && answer.headers.get('access-control-allow-origin') !== '*') {
    findings.push(
      fault(
        'cors',
        'The answer says nothing of other origins, so browsers hide it from the page.',
        'A proxy in between takes the header away: it must hand on Access-Control-Allow-Origin.',
      ),
    )
  }
  return [...findings, ...(await checkConfig(endpoint, query))]
}

async function checkConfig(endpoint: URL, query: string): Promise<Finding[]> {
  const answer = await ask(new URL(`v1/widget${query}`, endpoint))
  if (answer === null || !answer.ok) return []
  const config = (await answer.json().catch(() => null)) as Partial<WidgetConfig> | null
  return config?.attachments === false
    ? [
        warning(
          'images',
          'Images cannot be attached: there is no object storage.',
          'Turn R2 on in the dashboard and deploy again, if you want them.',
        ),
      ]
    : [good('images', 'Images can be attached.')]
}
