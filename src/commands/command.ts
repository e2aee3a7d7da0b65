/** What a comment asked for; lanes and releases are still as they were written. */
export type Command =
  | { name: 'promote'; lane: string; release?: string; acceptHold: boolean; reason?: string; dryRun: boolean }
  | { name: 'rollback'; lane: string; release?: string; unproved: boolean; reason?: string; dryRun: boolean }
  | { name: 'adopt'; lane: string; release?: string; reason: string; dryRun: boolean }
  | { name: 'approve'; lane: string; release: string; reason?: string; dryRun: boolean }
  | { name: 'verify'; lane: string; dryRun: boolean }
  | { name: 'status'; lane?: string; dryRun: boolean }
  | { name: 'history'; lane: string; dryRun: boolean }
  | { name: 'why'; lane: string; dryRun: boolean }
  | { name: 'lock'; lane: string; reason: string; dryRun: boolean }
  | { name: 'unlock'; lane: string; reason?: string; dryRun: boolean }
  | { name: 'release'; release: string; reason: string; dryRun: boolean }
  | { name: 'shadow'; model?: string; dryRun: boolean }
  | { name: 'help'; about?: string; dryRun: boolean };

export type CommandName = Command['name'];
