import { z } from 'zod';

/** Rules for tokens as they are stored, of an integration or the site. */
export const tokenRulesSchema = z.object({
  maxDays: z.number().exactOptional(),
  mustEnd: z.boolean().exactOptional(),
  fineGrainedOnly: z.boolean().exactOptional(),
  scopesAtLeast: z.array(z.string()).exactOptional(),
  scopesAtMost: z.array(z.string()).exactOptional(),
  untoldEnd: z.enum(['refuse', 'ask']),
  graceDays: z.number(),
  since: z.string(),
});
