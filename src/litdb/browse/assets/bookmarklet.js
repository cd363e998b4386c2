(() => {
  const sent = {secret: SECRET, url: location.href, html: document.documentElement.outerHTML};
  const form = document.createElement('form');
  Object.assign(form, {method: 'post', action: DOOR, target: '_blank', enctype: 'text/plain', acceptCharset: 'utf-8', rel: 'noopener'});
  for (const [name, value] of Object.entries(sent)) {
    const field = document.createElement('textarea');
    Object.assign(field, {name, value});
    form.append(field);
  }
  form.hidden = true;
  addEventListener('securitypolicyviolation', (refused) => {
    if (refused.effectiveDirective === 'form-action') {
      alert('This site forbids its pages to be handed on. Save the page and run: litdb add-page ' + location.href + ' saved.html');
    }
  }, {once: true});
  document.documentElement.append(form);
  form.submit();
  form.remove();
})()
