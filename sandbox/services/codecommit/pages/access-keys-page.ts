import { html, type Html } from 'local-forge/html';
import { ALPHANUMERIC, issue, random } from '../../git-host/credentials.ts';
import { readFields } from '../../git-host/pages/form.ts';
import { link, row, show, table } from '../../git-host/pages/site.ts';
import type { Visit } from '../../git-host/pages/site.ts';
import { selectField, wantsJson } from '../../git-host/pages/token-pages.ts';
import type { CodeCommit } from '../context.ts';
import type { AccessKey } from '../store.ts';

const TITLE = 'My security credentials';
/** Source: IAM user guide, "Manage access keys for IAM users". */
const MOST_KEYS = 2;

const keyRow = ({ name, account, revoked, createdAt }: AccessKey): Html =>
  row(
    account,
    html`<code>${name}</code>`,
    revoked ? 'Inactive' : 'Active',
    createdAt.slice(0, 10),
    html`<form method="post">
      <input type="hidden" name="key" value="${name}" />
      <button name="do" value="${revoked ? 'activate' : 'deactivate'}">${revoked ? 'Activate' : 'Deactivate'}</button>
      <button name="do" value="delete">Delete</button>
    </form>`,
  );

function overview({ definition, store }: CodeCommit, visit: Visit, said?: string): Response {
  const users = definition.users.map(({ name }) => name);
  const keys = users.flatMap((name) => store.tokensOf(name)).map(keyRow);
  return show(
    visit,
    TITLE,
    html`${said !== undefined && html`<p role="alert">${said}</p>`}
      <form method="post">
        ${selectField('user', 'Signed in as', users, null)}
        <button name="do" value="create">Create access key</button>
      </form>
      ${table(keys, 'There are no access keys.', ['User', 'Access key ID', 'Status', 'Created', 'Actions'])}`,
    said === undefined ? 200 : 422,
  );
}

/** An id as AWS makes them, and a secret of 40 characters. */
function makeKey(aws: CodeCommit, account: string): { id: string; secret: string } {
  const id = `AKIA${random('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}`;
  const secret = random(`${ALPHANUMERIC}/+`, 40);
  return { id: issue(aws, id, { account, name: id, secret, scopes: [], expiresAt: undefined }), secret };
}

/** `GET` lists the keys without their secrets; `POST` makes, switches or deletes one, and shows a new one once. */
export async function accessKeysPage(aws: CodeCommit, visit: Visit): Promise<Response> {
  if (visit.request.method === 'GET') return overview(aws, visit);
  const { look } = visit.site;
  const no = (message: string): Response =>
    wantsJson(visit) ? look.data(422, { message }) : overview(aws, visit, `${message}.`);
  const fields = await readFields(visit.request);
  const action = fields.get('do') ?? 'create';
  if (action !== 'create') {
    const key = aws.store.tokenByValue(fields.get('key') ?? '');
    if (key === undefined) return no('There is no such access key');
    if (action === 'delete') aws.store.deleteToken(key.id);
    else if (action === 'activate' || action === 'deactivate')
      aws.store.changeToken(key.id, { revoked: action === 'deactivate' });
    else return no('This is not something to do with a key');
    return wantsJson(visit) ? look.data(200, { id: key.name }) : overview(aws, visit);
  }
  const user = fields.get('user') ?? '';
  if (user === 'root' || aws.caller(user) === undefined) return no('There is no such user');
  if (aws.store.tokensOf(user).length >= MOST_KEYS) return no('A user can have two access keys at most');
  const { id, secret } = makeKey(aws, user);
  if (wantsJson(visit)) return look.data(200, { id, secret, account: user });
  const shown = (name: string, label: string, value: string): Html =>
    html`<p>
      <label for="${name}">${label}</label>
      <input id="${name}" readonly size="44" value="${value}" />
    </p>`;
  return show(
    visit,
    'Retrieve access key',
    html`<p>This is the only time that the secret access key can be viewed.</p>
      ${shown('access-key-id', 'Access key', id)} ${shown('secret-access-key', 'Secret access key', secret)}
      <p>${link(visit, 'iam/home', 'All access keys')}</p>`,
  );
}
