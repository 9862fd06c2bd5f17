import { z } from 'zod';

const id = z.string({ error: 'required' }).regex(/^[0-9a-f]{24}$/, { error: 'choose-one' });

/** Who makes up which module, where. */
export const makeUpBody = z
  .strictObject({ participant: id, module: id, run: id })
  .meta({ id: 'NewMakeUp', description: 'One of the choices that `GET` on the same address gives.' });

export const modulesBody = z
  .strictObject({ modules: z.array(id).max(30, { error: 'too-many' }) })
  .meta({ id: 'ModulesChange', description: 'Ids of all modules that are wanted from now on.' });
