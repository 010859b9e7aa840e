import type { QuestionType } from '../../../../sdk/wire/index.ts'
import type { Draft } from './draft.ts'

/** What a new survey can begin with. */
export interface Start {
  key: string
  title: string
  about: string
  /** What the first question asks for; none for a blank one. */
  type: QuestionType | null
  draft: Draft
}

const usual = { delaySeconds: 5, quietDays: 14 }

/** Five ways to begin; each but the last can be made live as it is. */
export const starts: readonly Start[] = [
  {
    key: 'nps',
    title: 'Recommendation (NPS)',
    about: 'Would they recommend you, and why? Those who would say what they like, the others what is missing.',
    type: 'nps',
    draft: {
      id: 'recommendation',
      name: 'Recommendation',
      language: 'en',
      questions: [
        {
          id: 'score',
          type: 'nps',
          text: { en: 'How likely are you to recommend us to a colleague?' },
          required: true,
          next: [{ when: { min: 9 }, go: 'best' }],
        },
        {
          id: 'missing',
          type: 'long',
          text: { en: 'What would change your score?' },
          next: [{ when: {}, go: 'end' }],
        },
        { id: 'best', type: 'long', text: { en: 'What do you like best?' } },
      ],
      thanks: { en: 'Thank you. A person reads this.' },
      targeting: { ...usual, percentage: 20, delaySeconds: 30, everyDays: 90 },
    },
  },
  {
    key: 'csat',
    title: 'Satisfaction after an event (CSAT)',
    about:
      'How content they are with what just happened, such as a purchase. Your page says when: track(“order.completed”).',
    type: 'csat',
    draft: {
      id: 'satisfaction',
      name: 'Satisfaction after an order',
      language: 'en',
      questions: [
        {
          id: 'satisfaction',
          type: 'csat',
          text: { en: 'How satisfied are you with your order?' },
          required: true,
          next: [{ when: { min: 4 }, go: 'end' }],
        },
        { id: 'better', type: 'long', text: { en: 'What should we have done better?' } },
      ],
      targeting: { ...usual, event: 'order.completed', everyDays: 30 },
    },
  },
  {
    key: 'ces',
    title: 'Effort after a task (CES)',
    about: 'How easy something was to do. Your page says when it is done: track(“task.completed”).',
    type: 'ces',
    draft: {
      id: 'effort',
      name: 'Effort after a task',
      language: 'en',
      questions: [
        {
          id: 'effort',
          type: 'ces',
          text: { en: 'How easy was it to do what you wanted to do?' },
          required: true,
          next: [{ when: { min: 5 }, go: 'end' }],
        },
        { id: 'hard', type: 'long', text: { en: 'What made it hard?' } },
      ],
      targeting: { ...usual, event: 'task.completed', everyDays: 30 },
    },
  },
  {
    key: 'open',
    title: 'One open question',
    about: 'A single thing you want to know, answered in their own words.',
    type: 'long',
    draft: {
      id: 'open-question',
      name: 'Open question',
      language: 'en',
      questions: [{ id: 'answer', type: 'long', text: { en: 'What is the one thing we should do better?' } }],
      targeting: { ...usual, percentage: 20, delaySeconds: 30 },
    },
  },
  {
    key: 'blank',
    title: 'Blank',
    about: 'Nothing in it yet. Add the questions yourself.',
    type: null,
    draft: { id: 'survey', name: '', language: 'en', questions: [], targeting: usual },
  },
]
