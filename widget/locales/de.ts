import type { Words } from './index.ts'

const words: Words = {
  launcher: 'Feedback',
  dir: 'ltr',
}

export default words
