import { adminWalks } from './admin.ts';
import { createBranchWalks } from './create-branch.ts';
import { attachWalks, createRequestWalks, deleteBranchWalks, openInWalks } from './other-dialogs.ts';
import { panelWalks } from './panel.ts';
import { peopleWalks } from './people.ts';
import { userSettingsWalks } from './user-settings.ts';
import type { Walk } from './walk.ts';
import { wizardWalks } from './wizard.ts';

/**
 * Every state of every page and dialog: `npm run screenshots` takes its picture, `test/pages/states-*.test.ts` run axe on it. States
 * in this list are pictured and checked.
 */
export const walks = {
  issue: [
    ...panelWalks,
    ...createBranchWalks,
    ...createRequestWalks,
    ...openInWalks,
    ...deleteBranchWalks,
    ...attachWalks,
  ],
  settings: [...userSettingsWalks, ...adminWalks, ...peopleWalks, ...wizardWalks],
} as const satisfies Record<string, readonly Walk[]>;
