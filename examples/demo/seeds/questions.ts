import type { Voice } from './voice.ts'

/** What people ask, in English, and what fits nowhere else. */
export const questions: Omit<Voice, 'kind'>[] = [
  { area: 'booking', mood: 0.5, text: 'Can I book for somebody else? My daughter is nine and has no account.' },
  { area: 'firings', mood: 0.5, text: 'What exactly counts as a full load, shelves or volume?' },
  { area: 'settings', mood: 0.5, text: 'Where do I change the price for guests? I only find the one for members.' },
  {
    area: 'today',
    mood: 0.5,
    text: 'Which controllers do you support? We have two from 1998 with an RS-485 plug and a man called Gerald who knows how they work.',
    labels: ['kiln-link'],
  },
  { area: 'billing', mood: 0.45, text: 'We are a charity, is there a discount?', labels: ['billing'] },
  { area: 'account', mood: 0.4, text: 'How do I move to a new email address without losing my pieces?' },
  { area: 'account', mood: 0.5, text: 'Can one person be member of two studios with one login?' },
  { area: 'pieces', mood: 0.5, text: 'how do i mark a piece as exploded? asking for a friend' },
  { area: 'notices', mood: 0.45, text: 'Is there a way to pause all notices over Christmas?', labels: ['notices'] },
  {
    area: 'firings',
    mood: 0.5,
    text: 'Does “safe to open” mean at the thermocouple or in the middle of the load? There is easily 40 degrees between them.',
  },
  {
    area: 'labels',
    mood: 0.5,
    text: 'Which label size for the Brother QL-800? None of the three in the list fits.',
    labels: ['labels'],
  },
  { area: 'billing', mood: 0.4, text: 'Why was I charged on the 28th and again on the 1st?', labels: ['billing'] },
  {
    area: 'settings',
    mood: 0.5,
    text: 'Do you have a data processing agreement? Our council asks for it.',
    labels: ['privacy'],
  },
  { area: 'settings', mood: 0.5, text: 'Where is the data stored? In the EU?', labels: ['privacy'] },
  { area: 'pieces', mood: 0.5, text: 'Can I see pieces from last year? I remember a blue.' },
  { area: 'booking', mood: 0.5, text: 'If I cancel the evening before, do I still pay?' },
  { area: 'today', mood: 0.5, text: 'Is the temperature in Fahrenheit somewhere? Asking from Ohio.' },
  { area: 'firings', mood: 0.45, text: 'can members see who else is in a firing? some of us would rather not' },
  { area: 'account', mood: 0.5, text: 'What happens with our data if we leave?', labels: ['privacy'] },
  { area: 'settings', mood: 0.5, text: 'How many technicians can we have on the Studio plan?' },
]

export const remarks: Omit<Voice, 'kind'>[] = [
  {
    area: 'today',
    mood: 0.5,
    text: 'The picture on your website shows a kiln loaded in a way that would make any technician cry. Just so you know.',
  },
  {
    area: 'today',
    mood: 0.6,
    text: 'We are moving to a new building in spring. Nothing to do for you, I am just excited.',
  },
  {
    area: 'firings',
    mood: 0.5,
    text: 'Cone 6 is not the same as 1222 °C. It depends on the last hour. I know you know. Your text does not.',
  },
  {
    area: 'account',
    mood: 0.3,
    text: 'I will be cancelling at the end of the month. It is a good product, we simply stopped firing in winter.',
  },
  {
    area: 'account',
    mood: 0.1,
    text: 'Cancelled. Three price rises in two years is three too many.',
    labels: ['billing'],
  },
  { area: 'pieces', mood: 0.5, text: 'test' },
  { area: 'today', mood: 0.5, text: 'hi' },
  { area: 'booking', mood: 0.45, text: 'i pressed the wrong thing pls ignore' },
]

export const unsolicited = [
  'Dear webmaster, we can bring your website to page 1 of search in 7 days, guaranteed. Reply for our price list.',
  'CHEAP KILN SHELVES FACTORY DIRECT best price ship worldwide contact us now now now',
  'Earn 4,000 a week from home, no experience, ask me how',
]
