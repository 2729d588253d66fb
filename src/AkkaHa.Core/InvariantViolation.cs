namespace AkkaHa.Core;

/// <summary>
/// Something that can never be true was found true: a fault of the program or of a disk that gave back old data. Whoever meets it
/// must stop acting on that state; it is never caught to go on.
/// </summary>
/// <param name="sentence">What was found, about whom, and what should have held.</param>
public sealed class InvariantViolation(string sentence) : Exception(sentence);
