import { escapeXml, notModelled, xmlAnswer } from './answers.ts';
import type { CodeCommit } from './context.ts';
import { checkSignature, type SignatureProblem } from './signature.ts';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** Error codes and statuses. Source: STS API reference, "Common errors"; SignatureDoesNotMatch for a wrong time too: assumption. */
const codes: Readonly<Record<SignatureProblem, readonly [string, number]>> = {
  missing: ['MissingAuthenticationToken', 403],
  incomplete: ['IncompleteSignature', 400],
  'unknown-key': ['InvalidClientTokenId', 403],
  'wrong-scope': ['SignatureDoesNotMatch', 403],
  'wrong-time': ['SignatureDoesNotMatch', 403],
  'no-match': ['SignatureDoesNotMatch', 403],
};

/** The Security Token Service as far as `GetCallerIdentity`, which no policy can forbid. */
export async function handleSts(aws: CodeCommit, request: Request): Promise<Response> {
  const body = new Uint8Array(await request.arrayBuffer());
  const form = new URLSearchParams(new TextDecoder().decode(body));
  const now = aws.now();
  const requestId = crypto.randomUUID();
  if (request.method !== 'POST' || form.get('Action') !== 'GetCallerIdentity' || form.get('Version') !== '2011-06-15')
    return notModelled(`${form.get('Action') ?? request.method} of the Security Token Service`);
  const signature = checkSignature(request, body, {
    region: aws.definition.region,
    service: 'sts',
    now,
    secretOf: (id) => activeSecret(aws, id),
  });
  if (!signature.ok) {
    const [code, status] = codes[signature.problem];
    return xmlRefusal(now, code, signature.message, status);
  }
  const caller = aws.caller(aws.store.tokenByValue(signature.keyId)?.account ?? '');
  if (caller === undefined) throw new Error(`The key ${signature.keyId} belongs to nobody`);
  return xmlAnswer(
    now,
    `<GetCallerIdentityResponse xmlns="${NAMESPACE}"><GetCallerIdentityResult><Arn>${escapeXml(caller.arn)}</Arn><UserId>${caller.userId}</UserId><Account>${aws.definition.accountId}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
  );
}

/** Source: Smithy, "AWS query protocol". */
export const xmlRefusal = (now: Date, code: string, message: string, status: number): Response =>
  xmlAnswer(
    now,
    `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>Sender</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error><RequestId>${crypto.randomUUID()}</RequestId></ErrorResponse>`,
    status,
  );

/** The secret of an active key. A key that is switched off is treated like an unknown one. */
export function activeSecret(aws: CodeCommit, id: string): string | undefined {
  const key = aws.store.tokenByValue(id);
  return key?.revoked ? undefined : key?.secret;
}
