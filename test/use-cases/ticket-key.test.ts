import { openOffice, site, type Office } from './office';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const keyOf = () => office.app.entries.get(site, 'secret', 'ticket-key')?.json;

it('A ticket is not given until there is a key, which is made once and erased with the app', async () => {
  expect((await office.onIssue('load-issue')).value).not.toHaveProperty('ticket');
  await Promise.all([1, 2, 3].map(() => office.app.run('daily-trigger')));
  const made = keyOf();
  expect(made).toMatch(/^"[A-Za-z0-9_-]{43}"$/);
  await office.app.run('daily-trigger');
  expect(keyOf()).toBe(made);
  expect((await office.onIssue('load-issue')).value.ticket).toMatch(/^1\./);
  await office.app.run('pre-uninstall');
  expect(keyOf()).toBeUndefined();
});
