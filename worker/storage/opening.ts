/**
 * Whether a session, link or passkey opens a project: its `projects` (a JSON array) says so, or is null and it opens all.
 * So whoever may make a link for a member in one project has no way into another one that the member comes to later.
 */
export const isOpenTo = (projects: string, project: string): string =>
  `(${projects} IS NULL OR EXISTS (SELECT 1 FROM json_each(${projects}) WHERE json_each.value = ${project}))`

/** The same array with one project more. */
export const alsoOpen = (projects: string, project: string): string =>
  `CASE WHEN ${isOpenTo(projects, project)} THEN ${projects} ELSE json_insert(${projects}, '$[#]', ${project}) END`
