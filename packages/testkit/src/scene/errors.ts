import { defineErrors, errorKind } from '@millwright/kernel';

export const sceneErrors = defineErrors('scene', {
  SCENE_INVALID: errorKind<{ reason: string }>({
    status: 422,
    message: ({ reason }) => `The scene cannot be drawn: ${reason}.`,
    remedy: 'Change what the message names; packages/testkit/README.md says what a scene is made of.',
  }),
});
