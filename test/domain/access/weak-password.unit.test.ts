import { describe, expect, it } from "vitest";
import { weaknessOf } from "../../../src/domain/access/weak-password.ts";

const email = "mary.jones+shop@kettle-shop.example";
const weakness = (password: string) =>
  weaknessOf(password, { email, isCommon: (text) => text === "password123" });

describe("a password is easily guessed if it is", () => {
  it.each([
    ["common", "password123"],
    ["common", "PassWord123"],
    // Wide characters, which are the same to whoever types them.
    ["common", "ｐａｓｓｗｏｒｄ123"],
    ["few-characters", "aaaaaaaaaa"],
    ["few-characters", "          "],
    ["few-characters", "1212121212"],
    ["few-characters", "abcabcabcabc"],
    ["sequence", "1234567890"],
    ["sequence", "0987654321"],
    ["sequence", "56789012345678"],
    ["sequence", "abcdefghij"],
    ["sequence", "ZYXWVUTSRQ"],
    ["sequence", "qwertyuiop"],
    ["sequence", "asdfghjklzxcvbnm"],
    ["sequence", "1qaz2wsx3edc"],
    ["sequence", "1q2w3e4r5t"],
    ["own-words", "mary.jones+shop@kettle-shop.example"],
    ["own-words", "Mary.Jones"],
    ["own-words", "maryjones2026"],
    ["own-words", "jonesmary!!"],
    ["own-words", "kettle-shop1"],
    ["own-words", "Tallyman2026!"],
    ["own-words", "tallymantallyman"],
    ["own-words", "tallyman-mary"],
  ])("%s: %s", (reason, password) => {
    expect(weakness(password)).toBe(reason);
  });
});

describe("a password is taken if it is", () => {
  it.each([
    "correct horse battery staple",
    "a long test password",
    "mary likes long walks",
    "the tallyman of our village",
    "tallyman 83472",
    "qwertyuiop, said the cat",
    "12345678 Elm Street",
    "1357924680",
    "пароль для кассы",
    "密码不能太短了吧好的",
  ])("%s", (password) => {
    expect(weakness(password)).toBeNull();
  });

  it("long, though the account's address is of a few letters only", () => {
    const check = { email: "a@b.io", isCommon: () => false };
    expect(weaknessOf("ab ba abba bob", check)).toBeNull();
  });
});
