import { eventually, frame, inFrame, openIssue, useBridgeStage } from '../support/bridge-stage';

const stage = useBridgeStage();

describe('a modal', () => {
  it('has its context, gives its payload to the opener and the focus back to the button', async () => {
    const inside = await openIssue(stage);
    await inside.getByRole('button', { name: 'Open dialog' }).click();
    const dialog = await frame(stage, '[data-resource="dialog"]');
    expect(await dialog.evaluate('document.hasFocus()')).toBe(true);
    expect(await inFrame(dialog, async ({ view }) => (await view.getContext()).extension)).toMatchObject({
      type: 'jira:issueContext',
      issue: { key: 'DEMO-1' },
      modal: { from: 'fixture' },
    });
    expect((await stage.page.getByRole('dialog').boundingBox())?.width).toBe(600);
    void inFrame(dialog, ({ view }) => view.close({ created: true })).catch(() => undefined);
    await inside.getByText('closed with {"created":true}').waitFor();
    expect(await stage.page.getByRole('dialog').count()).toBe(0);
    expect(await inside.evaluate('document.hasFocus() && document.activeElement.id')).toBe('open');
    expect(await stage.page.locator('#site[inert]').count()).toBe(0);
  });

  it('sends its context along with its calls', async () => {
    const inside = await openIssue(stage);
    await inside.getByRole('button', { name: 'Open dialog' }).click();
    await inFrame(await frame(stage, '[data-resource="dialog"]'), ({ invoke }) => invoke('from-dialog'));
    expect(stage.fixture.invocations.at(-1)).toMatchObject({
      call: 'from-dialog',
      context: { extension: { modal: { from: 'fixture' } } },
    });
  });

  it('closes on Escape typed inside it, and both pages get the event', async () => {
    const inside = await openIssue(stage);
    await inside.getByRole('button', { name: 'Open dialog' }).click();
    const dialog = await frame(stage, '[data-resource="dialog"]');
    await inFrame(dialog, async ({ view, events }) => view.onClose(() => events.emit('closing')));
    await inFrame(inside, async ({ events }) => {
      await events.on('closing', () => document.documentElement.setAttribute('data-closing', ''));
    });
    await dialog.getByRole('button', { name: 'Open dialog' }).press('Escape');
    await inside.getByText('closed with undefined').waitFor();
    await inside.waitForSelector('html[data-closing]');
  });

  it('closes on a click beside it, unless an option forbids it', async () => {
    const inside = await openIssue(stage);
    await inside.getByRole('button', { name: 'Open dialog' }).click();
    await frame(stage, '[data-resource="dialog"]');
    await stage.page.mouse.click(5, 500);
    await inside.getByText('closed with undefined').waitFor();
    await inFrame(inside, ({ Modal }) =>
      new Modal({ resource: 'dialog', title: 'Stay', closeOnOverlayClick: false, closeOnEscape: false }).open(),
    );
    const dialog = await frame(stage, '[data-resource="dialog"]');
    await stage.page.mouse.click(5, 500);
    await dialog.getByRole('button', { name: 'Open dialog' }).press('Escape');
    expect(await stage.page.getByRole('dialog', { name: 'Stay' }).count()).toBe(1);
    await stage.page.getByRole('button', { name: 'Close' }).click();
    await stage.page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('can open another one, and only the topmost can be reached', async () => {
    const inside = await openIssue(stage);
    await inside.getByRole('button', { name: 'Open dialog' }).click();
    const first = await frame(stage, '[data-resource="dialog"]');
    await first.getByRole('button', { name: 'Open dialog' }).click();
    await eventually(
      () => stage.page.locator('[role=dialog]').count(),
      (count) => count === 2,
    );
    expect(await stage.page.locator('.overlay[inert]').count()).toBe(1);
    await stage.page.mouse.click(5, 500);
    await first.getByText('closed with undefined').waitFor();
    expect(await stage.page.getByRole('dialog').count()).toBe(1);
    expect(await first.evaluate('document.activeElement.id')).toBe('open');
  });

  it('opens from the issue’s menu by keyboard, in the size of the module', async () => {
    await openIssue(stage);
    await stage.page.getByRole('button', { name: 'Actions' }).press('Enter');
    await stage.page.getByRole('menuitem', { name: 'Fixture action' }).press('Enter');
    const dialog = await frame(stage, '[data-module="action"]');
    expect((await stage.page.getByRole('dialog', { name: 'Fixture action' }).boundingBox())?.width).toBe(400);
    expect(await inFrame(dialog, async ({ view }) => String((await view.getContext()).extension['type']))).toBe(
      'jira:issueAction',
    );
    void inFrame(dialog, ({ view }) => view.close()).catch(() => undefined);
    await stage.page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(
      await stage.page.getByRole('button', { name: 'Actions' }).evaluate((button) => button === document.activeElement),
    ).toBe(true);
  });

  it('is the only page that can close itself', async () => {
    const inside = await openIssue(stage);
    expect(await inFrame(inside, ({ view }) => view.close().then(String, (error: unknown) => String(error)))).toContain(
      'not closable',
    );
  });
});
