import { randomUUID } from 'node:crypto';
import * as core from '@actions/core';

/** What a step leaves behind on GitHub: outputs, the job summary, annotations, fenced log lines. */
export interface StepOutput {
  setOutput(name: string, value: string): void;
  /** Adds markdown to the job summary; too much for its limit is the caller's to cut. A missing summary file is no error. */
  writeSummary(markdown: string): Promise<void>;
  annotate(annotation: { level: 'error' | 'warning'; title: string; message: string }): void;
  /** Prints text from outside: no line of it can be a workflow command. */
  print(text: string): void;
}

/** GitHub's own files and commands, by @actions/core: random delimiters, escaped data. */
export function actionsRunner(write: (text: string) => void): StepOutput {
  return {
    setOutput: (name, value) => core.setOutput(name, value),
    writeSummary: async (markdown) => {
      if (process.env['GITHUB_STEP_SUMMARY'] === undefined) return;
      await core.summary.addRaw(markdown, true).write();
    },
    annotate: ({ level, title, message }) =>
      level === 'error' ? core.error(message, { title }) : core.warning(message, { title }),
    print: (text) => {
      const token = randomUUID();
      write(`::stop-commands::${token}\n${text}\n::${token}::\n`);
    },
  };
}
