import type { Primitive } from './submission.ts'

/** What a question may ask for. The first five are rating scales of the wire. */
export const questionTypes = ['nps', 'csat', 'ces', 'stars', 'thumbs', 'single', 'multiple', 'short', 'long'] as const
export type QuestionType = (typeof questionTypes)[number]

/** One text in several languages, by BCP 47 tag. The survey's own `language` is always among them. */
export type LocalText = Record<string, string>

/** What the id of a survey, a question or a choice looks like. */
export const surveyIdForm = /^[a-z0-9][a-z0-9-]*$/

/** Something to choose. Its id survives relabelling: answers carry the id, never the text. */
export interface SurveyChoice {
  /** Lower-case letters, digits and hyphens; unique in its question. */
  id: string
  text: LocalText
}

/** When a branch is taken: every part that is given must hold. */
export interface BranchCondition {
  /** The answer, or one of several answers, is one of these: numbers on a scale, ids of choices. */
  is?: (string | number)[]
  /** A score of at least this. */
  min?: number
  /** A score of at most this. */
  max?: number
  /** Whether anything was answered at all. */
  answered?: boolean
}

/** Where to go on after a question. */
export interface SurveyBranch {
  when: BranchCondition
  /** The id of a later question, or `end`. Always forward, so that every way ends. */
  go: string
}

/** One question. Its id survives relabelling. */
export interface SurveyQuestion {
  /** Lower-case letters, digits and hyphens; unique in its survey; not `end`. */
  id: string
  type: QuestionType
  text: LocalText
  /** A line below the question. */
  hint?: LocalText
  /** Default: false. */
  required?: boolean
  /** What the ends of a scale mean. Default: the catalogue's words. */
  low?: LocalText
  high?: LocalText
  /** `single` and `multiple` only: 2 to `limits.surveyChoicesMax`. */
  choices?: SurveyChoice[]
  /** The first that holds decides; none: the next question in order. */
  next?: SurveyBranch[]
}

/** To whom, where and how often a survey is shown. What is left out does not restrict. */
export interface SurveyTargeting {
  /** Paths such as `/checkout` or `/docs/*`; one of them must fit. `*` stands for anything. */
  paths?: string[]
  /** Shown only after `track(event)`. */
  event?: string
  /** Every one of these tags must have one of its values; values compare as text. */
  tags?: Record<string, Primitive[]>
  /** 0 to 100 per cent of visitors, the same ones each time. */
  percentage?: number
  /** Seconds on the page, or after the event, before it shows. */
  delaySeconds?: number
  /** Days before it is shown again. Null or left out: once a person. */
  everyDays?: number | null
  /** Days that must have passed since any other survey was shown. Default: 14. */
  quietDays?: number
}

/**
 * A survey as pages get it: what is asked, to whom, in which words.
 *
 * @example
 * { "id": "nps", "version": 1, "language": "en", "targeting": { "paths": ["/app/*"] }, "questions": [
 *   { "id": "score", "type": "nps", "text": { "en": "How likely are you to recommend us?" },
 *     "next": [{ "when": { "min": 9 }, "go": "end" }] },
 *   { "id": "why", "type": "long", "text": { "en": "What is missing?" } }] }
 */
export interface SurveyDefinition {
  /** Lower-case letters, digits and hyphens; unique in its project, never reused. */
  id: string
  /** Rises with every edit of what is asked; answers carry it. */
  version: number
  /** BCP 47; every text has at least this language. */
  language: string
  questions: SurveyQuestion[]
  /** Shown at the end. Default: the catalogue's words. */
  thanks?: LocalText
  targeting?: SurveyTargeting
}

/** A survey as its team sees it. */
export interface Survey extends SurveyDefinition {
  /** For the team only. */
  name: string
  /** Only `live` ones reach pages. */
  state: 'draft' | 'live' | 'paused'
  createdAt: string
  updatedAt: string
  /** How often it was shown, all versions. */
  displays: number
  /** How many submissions answer it, all versions. */
  responses: number
}

/** `POST /v1/surveys`. An id is never used again, not even after deletion. */
export interface NewSurvey extends Omit<SurveyDefinition, 'version'> {
  /** For the team only. */
  name: string
  /** Default: `draft`. */
  state?: Survey['state']
  /** Not looked at: a survey begins with version 1. */
  version?: number
}

/** `PUT /v1/surveys/{id}`: what a survey asks, and of whom. */
export interface SurveyEdit extends Omit<SurveyDefinition, 'id' | 'version'> {
  /** Never changes; may be left out. */
  id?: string
  /** For the team only. */
  name: string
  /** The version that was read: 409 when somebody was faster. */
  version?: number
}

/** `PATCH /v1/surveys/{id}`: starts, pauses or renames. */
export interface SurveyPatch {
  state?: Survey['state']
  name?: string
}

/** One survey, `GET /v1/surveys/{id}`: with what it asked before, so that older answers can be read. */
export interface SurveyHistory extends Survey {
  /** Every version, the current one first. */
  versions: SurveyDefinition[]
}

/** One line of `POST /v1/displays?key=pub_…`: how often a version was shown since the last report. */
export interface SurveyDisplay {
  survey: string
  version: number
  count: number
}
