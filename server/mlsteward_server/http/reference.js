"use strict";
SwaggerUIBundle({
  dom_id: "#reference",
  url: "{document}",
  deepLinking: true,
  displayOperationId: true,
  docExpansion: "none",
  filter: true,
  // The API key is gone when the page is closed.
  persistAuthorization: false,
  // The default asks a validator on another host.
  validatorUrl: "none",
});
