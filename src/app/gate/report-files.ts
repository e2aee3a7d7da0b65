/** What a gate leaves in its folder. Removed before a run: a verdict of another run must not outlive an error of this one. */
export const REPORT_FILES = ['verdict.json', 'report.md', 'report.html'] as const;

/** Where they go when nobody says. */
export const REPORT_FOLDER = 'known-good-report';
