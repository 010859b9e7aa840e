import type { Account } from 'earshot/wire'
import type { Language } from './voice.ts'

/** A studio that uses Kilnyard, with the people in it who speak up. */
export interface Studio {
  account: Account & { plan: Plan; revenue: number }
  /** Missing means English. */
  language?: Language
  locale: string
  timeZone: string
  /** Share of all voices, beside the others' shares. */
  weight: number
  people: string[]
}

export type Plan = 'solo' | 'studio' | 'guild'

export const studios: Studio[] = [
  studio('sliproom', 'The Slip Room', 'studio', 1188, 'en-GB', 'Europe/London', 9, [
    'Maren Okafor',
    'Tomasz Wilk',
    'Ines Duarte',
    'Wren Abara',
    'Priya Raman',
    'Jonas Reinholt',
  ]),
  studio('mudmarrow', 'Mud & Marrow', 'studio', 1188, 'en-GB', 'Europe/London', 7, [
    'Callum Fry',
    'Nessa Doyle',
    'Hattie Brand',
    'Olu Adeyemi',
  ]),
  studio('riverside', 'Riverside Clay Co-op', 'guild', 4320, 'en-US', 'America/New_York', 11, [
    'Dana Whitlock',
    'Marcus Teller',
    'June Park',
    'Rosa Villareal',
    'Eli Brandt',
    'Tess Okonjo',
    'Sam Whitfield',
  ]),
  studio('highdesert', 'High Desert Pots', 'studio', 1188, 'en-US', 'America/Denver', 6, [
    'Cody Lamb',
    'Ana Reyes',
    'Shelby Knox',
  ]),
  studio('ohioclay', 'Ohio State Clay Lab', 'guild', 6480, 'en-US', 'America/New_York', 7, [
    'Prof. L. Hartmann',
    'Kwame Mensah',
    'Becca Lund',
    'Arjun Pillai',
  ]),
  studio('wattle', 'Wattle & Daub', 'studio', 1188, 'en-AU', 'Australia/Melbourne', 5, [
    'Indi Marsh',
    'Lachlan Boyd',
    'Mei Tan',
  ]),
  studio('gerald', 'Gerald’s Shed', 'solo', 228, 'en-GB', 'Europe/London', 3, ['Gerald Pym']),
  studio('aarhus', 'Aarhus Lerskole', 'guild', 3960, 'en-GB', 'Europe/Copenhagen', 4, ['Birgit Holm', 'Søren Kvist']),
  studio(
    'nordhafen',
    'Nordhafen Keramik',
    'studio',
    1188,
    'de-DE',
    'Europe/Berlin',
    6,
    ['Jürgen Groß', 'Katrin Ahlers', 'Fenja Petersen'],
    'de',
  ),
  studio(
    'tonwerk',
    'Tonwerk Leipzig e. V.',
    'guild',
    2880,
    'de-DE',
    'Europe/Berlin',
    4,
    ['Anke Vogel', 'Robert Lindner'],
    'de',
  ),
  studio(
    'ocre',
    'Atelier Ocre',
    'studio',
    1188,
    'fr-FR',
    'Europe/Paris',
    5,
    ['Solène Marchand', 'Baptiste Roux', 'Aïcha Benali'],
    'fr',
  ),
  studio(
    'barrovivo',
    'Taller Barro Vivo',
    'studio',
    948,
    'es-MX',
    'America/Mexico_City',
    5,
    ['Carlos Ibarra', 'Lucía Montes', 'Xóchitl Ramos'],
    'es',
  ),
  studio('oficina', 'Oficina do Barro', 'solo', 228, 'pt-PT', 'Europe/Lisbon', 4, ['Teresa Vale', 'Rui Pacheco'], 'pt'),
  studio(
    'tsuchinoie',
    '土の家',
    'studio',
    1188,
    'ja-JP',
    'Asia/Tokyo',
    5,
    ['佐藤 美咲', '田中 健一', '小林 陽子'],
    'ja',
  ),
  studio('heukdam', '흙담 공방', 'solo', 228, 'ko-KR', 'Asia/Seoul', 3, ['서민지', '김도윤'], 'ko'),
  studio('qingci', '青瓷坊', 'guild', 3600, 'zh-CN', 'Asia/Shanghai', 4, ['林晓雯', '陈志远'], 'zh'),
  studio('mashghal', 'مشغل الطين', 'studio', 948, 'ar-JO', 'Asia/Amman', 4, ['أمل حداد', 'يوسف القاسم'], 'ar'),
]

function studio(
  id: string,
  name: string,
  plan: Plan,
  revenue: number,
  locale: string,
  timeZone: string,
  weight: number,
  people: string[],
  language?: Language,
): Studio {
  const account = { id: `acc_${id}`, name, plan, revenue }
  return { account, locale, timeZone, weight, people, ...(language && { language }) }
}
