/** A refusal of the service: the type an SDK knows, and a text for people. */
export class Refusal extends Error {
  readonly type: string;
  readonly status: number;

  constructor(type: string, message: string, status = 400) {
    super(message);
    this.type = type;
    this.status = status;
  }
}

/** AWS JSON 1.1. Without a value the answer has no body, as after CreateBranch. */
export const jsonAnswer = (now: Date, value: unknown, status = 200): Response =>
  new Response(value === undefined ? null : JSON.stringify(value), {
    status,
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      date: now.toUTCString(),
      'x-amzn-requestid': crypto.randomUUID(),
    },
  });

/** Source: Smithy, "AWS JSON 1.1 protocol". The service spells the text of its own errors `message`. */
export const jsonRefusal = (now: Date, { type, message, status }: Refusal): Response =>
  jsonAnswer(now, { __type: type, [type === 'AccessDeniedException' ? 'Message' : 'message']: message }, status);

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Source: Smithy, "AWS query protocol". */
export const xmlAnswer = (now: Date, body: string, status = 200): Response =>
  new Response(body, { status, headers: { 'content-type': 'text/xml', date: now.toUTCString() } });

/** The refusal of a request that is not modelled. */
export const notModelled = (what: string): Response =>
  new Response(`This simulation of CodeCommit does not do this: ${what}\n`, {
    status: 501,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
