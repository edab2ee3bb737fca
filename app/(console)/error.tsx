"use client";

import PageError from "#app/error.tsx";

export default PageError;
