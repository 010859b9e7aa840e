import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

const root = join(import.meta.dirname, '../..')
const fetched = join(root, '.earshot/browsers')
const fetchedPackage = '@sparticuz/chromium@153'

const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--no-default-browser-check',
  // Drawing in software, in the browser's own process, takes a fifth less of a small machine's time.
  '--disable-gpu',
  '--in-process-gpu',
  '--renderer-process-limit=1',
]

/**
 * The browser that stands ready for this test file; it is the file's own until it is closed. Alone, and in benches, one
 * is launched.
 */
export async function launchBrowser(): Promise<Browser> {
  const ready = process.env.EARSHOT_BROWSERS?.split(' ')
  const mine = ready?.[(Number(process.env.VITEST_POOL_ID) - 1) % ready.length]
  return mine ? chromium.connect(mine) : chromium.launch(await launchOptions())
}

/** Has browsers stand ready, one for each worker of the tests: to launch one takes as long as many a test file. */
export async function readyBrowsers(count: number): Promise<{ close: () => Promise<unknown> }> {
  try {
    const options = await launchOptions()
    const servers = await Promise.all(Array.from({ length: count }, () => chromium.launchServer(options)))
    process.env.EARSHOT_BROWSERS = servers.map((server) => server.wsEndpoint()).join(' ')
    return { close: () => Promise.all(servers.map((server) => server.close())) }
  } catch {
    // There is none to be had: the tests that need one will say so, the others go on.
    return { close: () => Promise.resolve() }
  }
}

/** A Chromium of this machine's, else one fetched from npm when a test first needs it. */
async function launchOptions(): Promise<{ executablePath: string; args: string[] }> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const found = findInstalled()
  if (found) return { executablePath: found, args: [...quiet, ...sandbox] }
  const { executablePath, args } = await fetchChromium()
  return { executablePath, args: [...new Set([...args, ...quiet])] }
}

/** The first executable that is there: `$CHROMIUM`, the usual places of each system, playwright's cache. */
export function findInstalled(): string | undefined {
  const places = [
    process.env.CHROMIUM,
    // The same engine without a window's parts: the tests take half the time.
    '/usr/bin/chromium-headless-shell',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/opt/google/chrome/chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    ...playwrightCache(),
  ]
  return places.find((place) => place && existsSync(place))
}

function playwrightCache(): string[] {
  const caches = [
    process.env.PLAYWRIGHT_BROWSERS_PATH,
    join(homedir(), '.cache/ms-playwright'),
    join(homedir(), 'Library/Caches/ms-playwright'),
    join(homedir(), 'AppData/Local/ms-playwright'),
  ].filter((cache): cache is string => !!cache && existsSync(cache))
  const executables = [
    'chrome-linux64/chrome',
    'chrome-linux/chrome',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
    'chrome-win/chrome.exe',
  ]
  return caches.flatMap((cache) =>
    readdirSync(cache)
      .filter((folder) => /^chromium-\d+$/.test(folder))
      .flatMap((folder) => executables.map((executable) => join(cache, folder, executable))),
  )
}

/** What `@sparticuz/chromium` exports, as far as it is used here. */
interface Packaged {
  default: { args: string[]; executablePath(): Promise<string> }
}

async function fetchChromium(): Promise<{ executablePath: string; args: string[] }> {
  const entry = join(fetched, 'node_modules/@sparticuz/chromium')
  if (!existsSync(entry)) {
    console.log(`No Chromium was found; fetching ${fetchedPackage} from npm, once.`)
    await mkdir(fetched, { recursive: true })
    await promisify(execFile)('npm', ['install', '--no-save', '--prefix', fetched, fetchedPackage], {
      shell: process.platform === 'win32',
    })
  }
  const { createRequire } = await import('node:module')
  const resolved = createRequire(join(fetched, 'package.json')).resolve('@sparticuz/chromium')
  const { default: packaged } = (await import(pathToFileURL(resolved).href)) as Packaged
  return { executablePath: await packaged.executablePath(), args: packaged.args }
}
