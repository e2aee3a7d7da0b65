import type { IncomingHttpHeaders } from 'node:http';
import type { Writable } from 'node:stream';

/** One HTTP request. Header names are lower case. */
export interface HttpRequest {
  method: 'GET' | 'HEAD' | 'PUT' | 'POST';
  url: URL;
  headers: Readonly<Record<string, string>>;
  body?: RequestBody;
}

/** Bytes, or `size` bytes that `write` streams; `write` resolves without ending the stream. */
export type RequestBody = { bytes: Uint8Array } | { size: number; write(to: Writable): Promise<void> };

/** What one exchange may take: milliseconds in all, milliseconds without a byte moving, bytes of body. */
export interface ExchangeLimits {
  timeoutMs: number;
  idleMs?: number;
  maxBytes: number;
}

/** An answer with its whole body. `url` is where it came from, after redirects. */
export interface HttpAnswer {
  url: URL;
  status: number;
  headers: IncomingHttpHeaders;
  body: Uint8Array;
}

/** Sends one request. Rejects with `TransportFailure` when there is no whole answer. */
export type Send = (request: HttpRequest, limits: ExchangeLimits) => Promise<HttpAnswer>;

/**
 * Why there is no whole answer; `code` is the one of Node or the operating system. The message names no query and no header.
 */
export class TransportFailure extends Error {
  readonly kind: 'connection' | 'timeout' | 'truncated' | 'too-large' | 'redirect';
  readonly code: string | undefined;

  constructor(kind: TransportFailure['kind'], message: string, code?: string) {
    super(message);
    this.name = 'TransportFailure';
    this.kind = kind;
    this.code = code;
  }
}
