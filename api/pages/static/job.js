// Follows a job live: each step as it comes, the findings as they are known, then the case.
"use strict";
(() => {
  const section = document.getElementById("job");
  const steps = document.getElementById("steps");
  const source = new EventSource(`/api/v1/jobs/${section.dataset.job}/events`);
  const seen = Number(section.dataset.last);

  const isNew = (event) => Number(event.lastEventId) > seen;

  const refresh = async () => {
    const answer = await fetch(location.href, { redirect: "manual" });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of ["findings", "job"]) {
      const now = fresh.getElementById(id);
      if (now && id === "findings") document.getElementById(id).replaceWith(now);
      if (now && id === "job") {
        const line = section.querySelector("[role=status]");
        line.replaceChildren(...now.querySelector("[role=status]").childNodes);
      }
    }
  };

  source.addEventListener("step", (event) => {
    if (!isNew(event)) return;
    const { text } = JSON.parse(event.data);
    const item = document.createElement("li");
    item.textContent = text;
    steps.append(item);
    const step = document.getElementById("step");
    if (step) step.textContent = text;
    else refresh();
  });
  source.addEventListener("findings", (event) => {
    if (isNew(event)) refresh();
  });
  source.addEventListener("end", () => {
    source.close();
    location.reload();
  });
})();
