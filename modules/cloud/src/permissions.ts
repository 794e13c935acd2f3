import { definePermissions } from '@millwright/kernel';

definePermissions({
  'cloud.plant.read': ['engineer', 'operator', 'viewer', 'auditor'],
  'cloud.plant.write': ['engineer'],
  'cloud.source.write': ['engineer'],
  'cloud.data.read': ['engineer', 'operator', 'viewer', 'auditor'],
  'cloud.data.import': ['engineer', 'operator'],
  'cloud.data.push': ['engineer', 'operator'],
  'cloud.alert.read': ['engineer', 'operator', 'viewer', 'auditor'],
  // To say that somebody has an alert in hand, or that it is done with.
  'cloud.alert.handle': ['engineer', 'operator'],
  'cloud.alert.manage': ['engineer'],
  'cloud.alert.resend': ['engineer', 'operator'],
  'cloud.model.read': ['engineer', 'operator', 'viewer', 'auditor'],
  'cloud.model.write': ['engineer'],
  // To review versions, and to decide which one is live.
  'cloud.model.promote': ['engineer'],
  'cloud.order.read': ['engineer', 'operator', 'viewer', 'auditor'],
  // To begin and close work orders, and to write down what was done on the way.
  'cloud.order.work': ['engineer', 'operator'],
  // To raise, assign, change, cancel and reopen them.
  'cloud.order.manage': ['engineer'],
  'cloud.client.manage': ['engineer'],
  'cloud.edge.read': ['engineer', 'operator', 'viewer', 'auditor'],
  'cloud.edge.manage': ['engineer'],
  // To restart a box, and to read its log.
  'cloud.edge.operate': ['engineer', 'operator'],
  // What the token of a box is for; the routes of boxes take nobody else.
  'cloud.edge.connect': ['operator'],
});
