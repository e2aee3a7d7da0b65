import { validate } from '@actions/languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** What GitHub's own language service, the one of its editors, has against a workflow or an action.yml: `line: message`. */
export async function workflowFaults(name: string, text: string): Promise<string[]> {
  const document = TextDocument.create(`file:///${name}`, 'yaml', 0, text);
  const found = await validate(document, {});
  return found.map(({ range, message }) => `${range.start.line + 1}: ${message}`);
}
