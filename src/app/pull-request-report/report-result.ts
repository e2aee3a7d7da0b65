import type { Document } from '../../report/document.ts';

/** What came of posting a report. `document`: the report, where there was one to render. */
export type ReportResult =
  | {
      kind: 'posted';
      pullRequest: number;
      comment: { id: string; url: string };
      document: Document;
      /** The comment is there; what else was asked for could not be done, in a sentence. */
      trouble?: string;
    }
  /** There was nothing to post, or nowhere: why, in a sentence. That is as it should be. */
  | { kind: 'skipped'; why: string; document?: Document }
  /** It should have been posted, and was not: why and what to do. */
  | { kind: 'failed'; why: string; pullRequest?: number; document?: Document };
