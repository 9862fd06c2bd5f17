import { z } from 'zod';
import { accessFeatures, equipmentList, type AccessFeature, type Equipment } from '../modules/venues/index.ts';

const ticked = z.boolean().optional();

/** Boxes to tick for what a room has, or is to have. */
export const featureFields = {
  equipment: z
    .strictObject({
      projector: ticked,
      screen: ticked,
      whiteboard: ticked,
      flipchart: ticked,
      'pin-boards': ticked,
      'moderation-kit': ticked,
      internet: ticked,
      loudspeakers: ticked,
      microphone: ticked,
      'conference-camera': ticked,
      kitchen: ticked,
    } satisfies Record<Equipment, typeof ticked>)
    .optional(),
  accessibility: z
    .strictObject({
      'step-free': ticked,
      lift: ticked,
      'accessible-toilet': ticked,
      'induction-loop': ticked,
      'accessible-parking': ticked,
    } satisfies Record<AccessFeature, typeof ticked>)
    .optional(),
};

type Ticked = {
  equipment?: Partial<Record<Equipment, boolean | undefined>> | undefined;
  accessibility?: Partial<Record<AccessFeature, boolean | undefined>> | undefined;
};

/** What was ticked, in the order of the lists. */
export function featuresIn({ equipment = {}, accessibility = {} }: Ticked) {
  return {
    equipment: equipmentList.filter((one) => equipment[one]),
    accessibility: accessFeatures.filter((one) => accessibility[one]),
  };
}

/** The boxes that are ticked at first. */
export function featureValues(
  { equipment, accessibility }: { equipment: readonly string[]; accessibility: readonly string[] },
  prefix = '',
): Record<string, string> {
  return Object.fromEntries([
    ...equipment.map((one) => [`${prefix}equipment.${one}`, 'on']),
    ...accessibility.map((one) => [`${prefix}accessibility.${one}`, 'on']),
  ]);
}
