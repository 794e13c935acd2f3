import { type App, signedInActor } from '@millwright/http';
import { inventoryAnswerSchema, inventoryRequestSchema } from './inventory-schemas.ts';
import type { InventoryService } from './service.ts';

export function inventoryRoutes(app: App, inventory: InventoryService): void {
  app.post(
    '/api/esg/inventory',
    { schema: { tags: ['esg'], body: inventoryRequestSchema, response: { 201: inventoryAnswerSchema } } },
    async (request, reply) => {
      reply.code(201);
      return inventory.calculate(signedInActor(request), request.body);
    },
  );
}
