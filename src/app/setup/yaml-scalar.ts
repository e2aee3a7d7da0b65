const WORDS = /^(?:true|false|null|yes|no|on|off|y|n|~)$/i;

/** Whether YAML reads a text without quotes as that very text, whatever version of YAML it is. */
function isSafePlain(text: string): boolean {
  return /^[A-Za-z][\w./:-]*[\w/]$|^[A-Za-z]$/.test(text) && !/:\s|:$/.test(text) && !WORDS.test(text);
}

/** A text as a value in block style. A JSON string is a YAML string too. */
export function yamlText(text: string): string {
  return isSafePlain(text) ? text : JSON.stringify(text);
}

/** A text in a flow mapping or list, where a comma or a brace would end it. */
export function yamlFlowText(text: string): string {
  return /[,[\]{}]/.test(text) ? JSON.stringify(text) : yamlText(text);
}
