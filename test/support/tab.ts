/** A tab of any engine: the few moves that a journey takes, with real pointer and keyboard input. */
export interface Tab {
  /** The engine with its version, such as `Firefox 153.7.0`. */
  engine: string
  goto(url: string): Promise<void>
  /** Runs a self-contained function in the page; arguments and result travel as JSON. */
  evaluate<Result, Args extends unknown[]>(work: (...args: Args) => Result, ...args: Args): Promise<Awaited<Result>>
  /** Polls until the function gives something truthy. Rejects with `what` after twenty seconds. */
  wait<Args extends unknown[]>(what: string, work: (...args: Args) => unknown, ...args: Args): Promise<void>
  /** Clicks the middle of the first fit of a selector, in the widget's shadow root or else in the page. */
  click(selector: string): Promise<void>
  /** Types into what has the focus, key by key. */
  type(text: string): Promise<void>
  /** Presses one key, by its name: `Tab`, `Enter`, `Escape`, `Space`. */
  press(key: Key): Promise<void>
  /** A PNG of what is in view. */
  screenshot(): Promise<Buffer>
  /** Ends the browser and all that was started for it. */
  close(): Promise<void>
}

export type Key = 'Tab' | 'Enter' | 'Escape' | 'Space'

/** What differs from engine to engine. Scripts are expressions; a promise is waited for. */
export interface Controls {
  engine: string
  goto(url: string): Promise<unknown>
  run(expression: string): Promise<unknown>
  pressAt(x: number, y: number): Promise<unknown>
  type(text: string): Promise<unknown>
  press(key: Key): Promise<unknown>
  /** A PNG, base64. */
  shoot(): Promise<string>
  close(): Promise<void>
}

const patienceMs = 20_000
const pollMs = 50

/** Where a selector's first fit is, in the widget's shadow root or else in the page, once it stands still. */
async function place(selector: string): Promise<[number, number] | null> {
  const root = document.querySelector('earshot-widget')?.shadowRoot
  const found = root?.querySelector(selector) ?? document.querySelector(selector)
  const box = () => found?.getBoundingClientRect()
  const before = box()
  if (!before?.width) return null
  await new Promise(requestAnimationFrame)
  const { x, y, width, height } = box() as DOMRect
  return x === before.x && y === before.y ? [x + width / 2, y + height / 2] : null
}

/** Makes a tab of an engine's controls. */
export function makeTab(controls: Controls): Tab {
  const call = (work: (...args: never[]) => unknown, args: unknown[]) =>
    `(${work.toString()})(...${JSON.stringify(args)})`
  const evaluate: Tab['evaluate'] = async (work, ...args) => (await controls.run(call(work, args))) as never
  const until = async <T>(what: string, look: () => Promise<T>): Promise<T> => {
    const end = Date.now() + patienceMs
    while (Date.now() < end) {
      const seen = await look()
      if (seen) return seen
      await new Promise((resolve) => setTimeout(resolve, pollMs))
    }
    throw new Error(`${controls.engine} waited in vain for ${what}.`)
  }
  return {
    engine: controls.engine,
    evaluate,
    goto: async (url) => void (await controls.goto(url)),
    // Only yes or no comes back: no engine agrees with another on what an element is as JSON.
    wait: async (what, work, ...args) =>
      void (await until(what, () => controls.run(`(async () => !!(await ${call(work, args)}))()`))),
    async click(selector) {
      const [x, y] = (await until(`“${selector}”`, () => evaluate(place, selector))) as [number, number]
      await controls.pressAt(Math.round(x), Math.round(y))
    },
    type: async (text) => void (await controls.type(text)),
    press: async (key) => void (await controls.press(key)),
    screenshot: async () => Buffer.from(await controls.shoot(), 'base64'),
    close: () => controls.close(),
  }
}
