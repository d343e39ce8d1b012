"use strict";
// What every part of the page's script uses. The data stand in the page; nothing is ever fetched.
const data = JSON.parse(document.getElementById("data").textContent);
const words = data.words;
const PAGE = 30;

const unpack = (runs) => {
  const numbers = [];
  for (let i = 0; i < (runs || []).length; i += 2)
    for (let k = 0; k < runs[i + 1]; k++) numbers.push(runs[i] + k);
  return numbers;
};

const make = (tag, className, text) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
};

const clock = (ms) => {
  const s = Math.floor(ms / 1000);
  const two = (n) => String(n).padStart(2, "0");
  return `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
};
