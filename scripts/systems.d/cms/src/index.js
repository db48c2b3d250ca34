const fs = require('node:fs');

// What a person would click together in the administration: a token to read with, and a webhook with a credential.
module.exports = {
  register() {},
  async bootstrap({ strapi }) {
    const token = await strapi.service('admin::api-token').create({
      name: 'observer', description: '', type: 'full-access', lifespan: null,
    });
    fs.writeFileSync('token', token.accessKey);
    const webhook = await strapi.get('webhookStore').createWebhook({
      name: 'observer',
      url: process.env.HOOK_URL,
      headers: { Authorization: 'Bearer ' + process.env.HOOK_TOKEN },
      events: ['entry.create', 'entry.update', 'entry.delete'],
      isEnabled: true,
    });
    strapi.get('webhookRunner').add(webhook);
  },
};
