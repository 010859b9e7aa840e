/** What a new survey begins with: short, branching, in two languages, and good to send as it is. */
export const example = {
  id: 'recommendation',
  name: 'Recommendation',
  language: 'en',
  questions: [
    {
      id: 'score',
      type: 'nps',
      text: {
        en: 'How likely are you to recommend us to a colleague?',
        de: 'Wie wahrscheinlich empfehlen Sie uns weiter?',
      },
      next: [{ when: { min: 9 }, go: 'best' }],
    },
    {
      id: 'missing',
      type: 'multiple',
      text: { en: 'What is missing?', de: 'Was fehlt Ihnen?' },
      choices: [
        { id: 'speed', text: { en: 'Speed', de: 'Tempo' } },
        { id: 'features', text: { en: 'Something it cannot do', de: 'Etwas, das es nicht kann' } },
        { id: 'help', text: { en: 'Help when I am stuck', de: 'Hilfe, wenn ich nicht weiterkomme' } },
      ],
    },
    {
      id: 'why',
      type: 'long',
      text: { en: 'What would change your score?', de: 'Was würde Ihre Bewertung ändern?' },
      next: [{ when: {}, go: 'end' }],
    },
    {
      id: 'best',
      type: 'long',
      text: { en: 'What do you like best?', de: 'Was gefällt Ihnen am besten?' },
    },
  ],
  thanks: { en: 'Thank you. A person reads this.', de: 'Danke. Ein Mensch liest das.' },
  targeting: { paths: ['/*'], percentage: 20, delaySeconds: 30, everyDays: 180 },
}

export const asText = (value: object): string => JSON.stringify(value, null, 2)
